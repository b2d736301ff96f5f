import { Link } from '@tanstack/react-router';
import type { RelatedExecutionDto } from '#client';
import { Card } from '../../components/card.js';
import { ExecutionBadge } from '../../components/status-badge.js';
import classes from './execution.module.css';
import { REASON_WORDS } from './words.js';

interface RelatedRunsProps {
  parents: RelatedExecutionDto[];
  childRuns: RelatedExecutionDto[];
}

/** The runs of a chain around this one: what it ran after, and what ran after it. Nothing where there are none. */
export function RelatedRuns({ parents, childRuns }: RelatedRunsProps) {
  if (parents.length === 0 && childRuns.length === 0) return null;
  return (
    <Card title="Chain">
      <div className={classes.chain}>
        <RunList title="Ran after" runs={parents} />
        <RunList title="Then" runs={childRuns} />
      </div>
    </Card>
  );
}

function RunList({ title, runs }: { title: string; runs: RelatedExecutionDto[] }) {
  if (runs.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {runs.map(({ executionId, jobName, status, reason }) => (
          <li key={executionId}>
            <ExecutionBadge status={status} isPlain />
            <Link to="/executions/$executionId" params={{ executionId }}>
              {jobName}
            </Link>
            {reason !== null && <span>{REASON_WORDS[reason].title}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
