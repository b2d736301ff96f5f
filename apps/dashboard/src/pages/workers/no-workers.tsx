import { IconServerOff } from '@tabler/icons-react';
import { Card } from '../../components/card.js';
import { CopyButton } from '../../components/copy-button.js';
import { EmptyState } from '../../components/empty-state.js';
import classes from './workers.module.css';

const WAYS = [
  ['From this folder', 'npm run worker'],
  ['With Docker Compose', 'docker compose up -d --scale worker=2'],
] as const;

/** Instead of the list, where no process executes anything. */
export function NoWorkers() {
  return (
    <Card title="Workers" isFlush>
      <EmptyState icon={<IconServerOff size={28} />} title="No worker runs">
        Workers plan what comes due and run it. Until one is there, everything waits in PostgreSQL, and
        nothing is lost. Start one; it appears here within seconds.
        <dl className={classes.ways}>
          {WAYS.map(([way, command]) => (
            <div key={way}>
              <dt>{way}</dt>
              <dd>
                <code>{command}</code> <CopyButton text={command} what="the command" />
              </dd>
            </div>
          ))}
        </dl>
      </EmptyState>
    </Card>
  );
}
