import { Button, Skeleton } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { SystemPauseDto } from '#client';
import { Card } from '../../../components/card.js';
import { formatCount } from '../../../components/format-count.js';
import { Loaded } from '../../../components/loaded.js';
import { StatusBadge } from '../../../components/status-badge.js';
import { Time } from '../../../components/time.js';
import { useSystemPause } from '../../../shell/use-system-pause.js';
import classes from './system.module.css';

const PauseDialog = lazy(() => import('./pause-dialog.js'));
const ResumeDialog = lazy(() => import('../../../shell/resume-dialog.js'));

/** Whether everything runs or is paused, whom that concerns, and the switch. */
export function PauseCard() {
  const query = useSystemPause();
  return (
    <Card title="Pause everything" aside={query.data && <StateBadge state={query.data.state} />}>
      <Loaded query={query} skeleton={<Skeleton height={140} />}>
        {(pause) => <PauseView pause={pause} />}
      </Loaded>
    </Card>
  );
}

function StateBadge({ state }: { state: SystemPauseDto['state'] }) {
  if (state === 'paused') return <StatusBadge kind="paused" word="Everything is paused" />;
  if (state === 'resuming') return <StatusBadge kind="retrying" word="Going on" />;
  return <StatusBadge kind="active" word="Running" />;
}

function PauseView({ pause }: { pause: SystemPauseDto }) {
  const [isOpen, setOpen] = useState(false);
  const { state, reason, pausedBy, since, jobs, executions } = pause;
  const isPaused = state === 'paused';
  return (
    <div className={classes.pause}>
      <p className={classes.sentence}>
        {isPaused ? (
          <>
            <q>{reason}</q> {pausedBy?.name}, since <Time at={since} format="long" />. Resuming lets every job
            go on as it was before.
          </>
        ) : (
          'Holds back every run of every job until it is resumed, whatever has been planned or queued. What runs goes on. No job is changed: each is afterwards what it was before.'
        )}
      </p>
      <dl className={classes.figures}>
        <Figure label={isPaused ? 'Jobs held back' : 'Jobs it would hold back'} value={jobs.active} />
        {isPaused && <Figure label="Whose time has passed" value={jobs.due} />}
        <Figure label="Paused on their own" value={jobs.paused} />
        <Figure label="Runs going on" value={executions.running} />
        <Figure label="Runs waiting" value={executions.waiting} />
      </dl>
      <div>
        {isPaused ? (
          <Button leftSection={<IconPlayerPlay size={16} />} onClick={() => setOpen(true)}>
            Resume everything
          </Button>
        ) : (
          <Button
            color="danger"
            variant="outline"
            leftSection={<IconPlayerPause size={16} />}
            onClick={() => setOpen(true)}
          >
            Pause everything
          </Button>
        )}
      </div>
      <Suspense>
        {isOpen && isPaused && <ResumeDialog pause={pause} onClose={() => setOpen(false)} />}
        {isOpen && !isPaused && <PauseDialog pause={pause} onClose={() => setOpen(false)} />}
      </Suspense>
    </div>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{formatCount(value)}</dd>
    </div>
  );
}
