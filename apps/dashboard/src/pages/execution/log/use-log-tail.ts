import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { type ExecutionDto, followExecution } from '#client';
import { pageOf } from '../../../api/ask.js';
import { api } from '../../../api/client.js';
import { keys } from '../../../api/query-keys.js';
import { type LogSnapshot, LogTail } from './log-tail.js';

/** The log of an execution, followed while the component is there. What the stream tells of the execution goes to its query. */
export function useLogTail(executionId: string, jobId: string): { log: LogSnapshot; restart: () => void } {
  const client = useQueryClient();
  const tail = useMemo(
    () =>
      new LogTail({
        follow: (options) => followExecution(api, executionId, options),
        count: async () => {
          const page = await pageOf(
            api.GET('/api/v1/jobs/{id}/logs', {
              params: { path: { id: jobId }, query: { executionId, limit: 1 } },
            }),
          );
          return page.meta.total;
        },
        onStatus: (execution) => {
          const key = keys.executions.one(executionId);
          const known = client.getQueryData<ExecutionDto>(key);
          if (!known || (known.status === execution.status && known.attempt === execution.attempt)) return;
          client.setQueryData<ExecutionDto>(key, { ...known, ...execution });
          // Its attempts are not in the event.
          void client.invalidateQueries({ queryKey: key });
        },
      }),
    [client, executionId, jobId],
  );
  useEffect(() => {
    tail.start();
    const unwatch = watchHidden({ onHidden: () => tail.pause(), onShown: () => tail.resume() });
    return () => {
      unwatch();
      tail.stop();
    };
  }, [tail]);
  return { log: useSyncExternalStore(tail.watch, tail.snapshot), restart: tail.start };
}

/** Browsers allow six connections to a host on HTTP/1.1: tabs nobody looks at must not hold them. */
const HIDDEN_MS = 15_000;

function watchHidden({ onHidden, onShown }: { onHidden: () => void; onShown: () => void }): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(onHidden, HIDDEN_MS);
    else onShown();
  };
  document.addEventListener('visibilitychange', look);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
