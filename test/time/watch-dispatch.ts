import type { TestingModule } from '@nestjs/testing';
import { DispatchExecutions } from '#executions';
import { waitFor } from '#testing';

/** What a worker's planner lets go of at its moment, as it does. */
export interface WatchedDispatch {
  /** Resolves when the planner has offered an execution for dispatch, and the answer is there. */
  untilOffered(executionId: string): Promise<void>;
}

/**
 * Watches the planner of a worker hand over what it held: the signal that the moment of an execution has come and gone,
 * also where it does not start.
 */
export function watchDispatch(worker: TestingModule): WatchedDispatch {
  const dispatcher = worker.get(DispatchExecutions, { strict: false });
  const dispatch = dispatcher.dispatch.bind(dispatcher);
  const answered = new Set<string>();
  dispatcher.dispatch = async (executions) => {
    try {
      return await dispatch(executions);
    } finally {
      for (const { id } of executions) answered.add(id);
    }
  };
  return {
    untilOffered: async (executionId) => {
      await waitFor(() => answered.has(executionId), { what: `execution ${executionId} to be offered` });
    },
  };
}
