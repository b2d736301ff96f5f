import type { LogLevel } from '#client';
import { choice, integer, text } from '../../shell/search-params.js';

/** Lowest level of the log that is shown; all of them is none. */
export const SHOWN_FROM = ['info', 'warn', 'error'] as const satisfies LogLevel[];

export interface ExecutionSearch {
  /** The attempt whose log is shown. */
  attempt?: number | undefined;
  level?: (typeof SHOWN_FROM)[number] | undefined;
  /** What is looked for in the log. */
  find?: string | undefined;
}

const MAX_ATTEMPTS = 10_000;

export function executionSearch(search: Record<string, unknown>): ExecutionSearch {
  return {
    attempt: integer(search['attempt'], { min: 1, max: MAX_ATTEMPTS }),
    level: choice(search['level'], SHOWN_FROM),
    find: text(search['find']),
  };
}
