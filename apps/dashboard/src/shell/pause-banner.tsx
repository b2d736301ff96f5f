import { Button } from '@mantine/core';
import { IconPlayerPauseFilled } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Time } from '../components/time.js';
import classes from './pause-banner.module.css';
import { useIsAdmin } from './use-session.js';
import { useSystemPause } from './use-system-pause.js';

const ResumeDialog = lazy(() => import('./resume-dialog.js'));

/** On every page while everything is paused: why, by whom and since when; administrators can end it. */
export function PauseBanner() {
  const { data } = useSystemPause();
  const isAdmin = useIsAdmin();
  const [isResuming, setResuming] = useState(false);
  const isPaused = data?.state === 'paused';
  return (
    <div className={classes.banner} data-shown={isPaused || undefined}>
      {isPaused && <IconPlayerPauseFilled size={18} className={classes.icon} aria-hidden="true" />}
      {/* There before it says anything, or what it says would not be read out. */}
      <p role="status" className={classes.text}>
        {isPaused && (
          <>
            <strong>Everything is paused.</strong> Nothing starts until it is resumed.{' '}
            <span className={classes.why}>
              <q>{data.reason}</q>
              {data.pausedBy && ` ${data.pausedBy.name}`}, since <Time at={data.since} />
            </span>
          </>
        )}
      </p>
      {isPaused && isAdmin && (
        <Button size="xs" variant="default" onClick={() => setResuming(true)}>
          Resume
        </Button>
      )}
      {isPaused && isResuming && (
        <Suspense>
          <ResumeDialog pause={data} onClose={() => setResuming(false)} />
        </Suspense>
      )}
    </div>
  );
}
