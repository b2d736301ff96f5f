import type { ExecutionContext } from '#contracts';
import { PROCESS_TAG } from './process-tag.js';

/**
 * The whole environment of a script. It is built from nothing: none of the worker's variables, which hold its
 * secrets, are passed on but `PATH`. What the payload sets wins, except over what names the execution.
 */
export function scriptEnvironment(
  context: ExecutionContext,
  given: Record<string, string> | undefined,
  base: { path: string; home: string; tag: string },
): Record<string, string> {
  return {
    PATH: base.path,
    HOME: base.home,
    TMPDIR: base.home,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    ...given,
    CHRONOS_EXECUTION_ID: context.executionId,
    CHRONOS_JOB_ID: context.jobId,
    CHRONOS_ATTEMPT: String(context.attempt),
    CHRONOS_SCHEDULED_FOR: context.scheduledFor.toISOString(),
    [PROCESS_TAG]: base.tag,
  };
}
