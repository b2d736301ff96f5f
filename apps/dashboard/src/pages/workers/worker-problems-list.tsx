import { StatusIcon } from '../../components/status-glyph.js';
import { STATUS } from '../../components/status-kind.js';
import classes from './workers.module.css';
import type { WorkerProblem } from './worker-problems.js';

/** What is wrong, above everything else; nothing where nothing is. */
export function WorkerProblems({ problems }: { problems: WorkerProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className={classes.problems} aria-label="Problems">
      {problems.map(({ kind, title, advice }) => (
        <li key={title} className={classes.problem} data-tone={STATUS[kind].tone}>
          <StatusIcon kind={kind} />
          <div>
            <strong>{title}</strong>
            <div className={classes.advice}>{advice}</div>
          </div>
        </li>
      ))}
    </ul>
  );
}
