import { Button, Code, Group, Text, Title } from '@mantine/core';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { describeError } from '../api/describe-error.js';
import classes from './message-page.module.css';

/** A chunk of an older release is gone once the server was upgraded. */
const CHUNK_GONE = /dynamically imported module|Importing a module script failed/i;

/** Stands in for a page that threw; the shell around it goes on working. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const isOutdated = error instanceof Error && CHUNK_GONE.test(error.message);
  const { title, message, requestId } = describeError(error);
  const again = () => {
    if (isOutdated) return location.reload();
    reset();
    void router.invalidate();
  };
  return (
    <div className={classes.page} role="alert">
      <Title order={1}>{isOutdated ? 'Chronos was updated' : title}</Title>
      <Text c="dimmed">
        {isOutdated
          ? 'This page belongs to the release before, or the server could not be reached while it was loaded. Load it again.'
          : 'The page could not be shown. The rest of Chronos goes on working.'}
      </Text>
      {!isOutdated && <Code block>{message}</Code>}
      {requestId !== undefined && <Text size="sm">Request {requestId}</Text>}
      <Group>
        <Button onClick={again}>{isOutdated ? 'Load again' : 'Try again'}</Button>
        <Button variant="default" onClick={() => void router.navigate({ to: '/' })}>
          Overview
        </Button>
      </Group>
    </div>
  );
}
