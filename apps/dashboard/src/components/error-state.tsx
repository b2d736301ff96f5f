import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { describeError } from '../api/describe-error.js';
import classes from './error-state.module.css';
import { Time } from './time.js';

interface ErrorStateProps {
  error: Error;
  onRetry: () => void;
  isRetrying?: boolean;
}

/** In the place of data that could not be read: what happened, what to do, and the id to ask by. */
export function ErrorState({ error, onRetry, isRetrying = false }: ErrorStateProps) {
  const { title, message, requestId } = describeError(error);
  return (
    <div className={classes.error} role="alert">
      <IconAlertTriangle size={20} className={classes.icon} aria-hidden="true" />
      <div className={classes.text}>
        <p className={classes.title}>{title}</p>
        <p className={classes.message}>{message}</p>
        {requestId !== undefined && <p className={classes.id}>Request {requestId}</p>}
      </div>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={14} />}
        loading={isRetrying}
        onClick={onRetry}
      >
        Try again
      </Button>
    </div>
  );
}

/** Above data that are the last ones that could be read. */
export function StaleNotice({ error, at }: { error: Error; at: number }) {
  return (
    <p className={classes.stale} role="alert">
      <IconAlertTriangle size={14} aria-hidden="true" />
      <span>
        {describeError(error).title}. As of <Time at={at} format="seconds" />.
      </span>
    </p>
  );
}
