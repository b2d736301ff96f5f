import type { Times } from './job-schedule.js';

/**
 * Every `everyMs` milliseconds, counted from `anchorMs`, which is the first: elapsed time, whatever the clocks on the
 * wall do.
 */
export function intervalTimes(everyMs: number, anchorMs: number): Times {
  const at = (index: number) => (index < 0 ? undefined : anchorMs + index * everyMs);
  return {
    next: (afterMs) => at(Math.max(0, Math.floor((afterMs - anchorMs) / everyMs) + 1)),
    previous: (beforeMs) => at(Math.ceil((beforeMs - anchorMs) / everyMs) - 1),
    count: (fromMs, toMs) => {
      const first = Math.max(0, Math.ceil((fromMs - anchorMs) / everyMs));
      return Math.max(0, Math.floor((toMs - anchorMs) / everyMs) - first + 1);
    },
  };
}
