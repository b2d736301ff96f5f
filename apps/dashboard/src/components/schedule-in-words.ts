import cronstrue from 'cronstrue';
import type { ScheduleType } from '#client';
import { formatDuration } from '../time/format-duration.js';

export interface Schedule {
  scheduleType: ScheduleType;
  cronExpression: string | null;
  every: number | null;
}

const SHORTHANDS: Record<string, string> = {
  '@hourly': 'Every hour',
  '@daily': 'Every day at midnight',
  '@midnight': 'Every day at midnight',
  '@weekly': 'Every Sunday at midnight',
  '@monthly': 'On the first of every month at midnight',
  '@yearly': 'Every 1 January at midnight',
  '@annually': 'Every 1 January at midnight',
};

/** A schedule in words; `at`: its one moment, as text, where it has only that. */
export function scheduleInWords({ scheduleType, cronExpression, every }: Schedule, at: string): string {
  switch (scheduleType) {
    case 'immediate':
      return 'Once, at once';
    case 'scheduled':
      return `Once, ${at}`;
    case 'interval':
      return every === null ? 'At an interval' : `Every ${formatDuration(every)}`;
    case 'chained':
      return 'After other jobs';
    case 'recurring':
      return cronInWords(cronExpression ?? '');
  }
}

/** A cron expression in words; one that is not understood stays as it is. */
export function cronInWords(expression: string): string {
  const known = SHORTHANDS[expression.trim().toLowerCase()];
  if (known !== undefined) return known;
  try {
    const words = cronstrue.toString(expression, { use24HourTimeFormat: true, verbose: false });
    // Which days it means goes without saying for who knows cron only.
    return words.replace(/^At ([\d:]+)$/, 'Every day at $1');
  } catch {
    // Its errors are texts. The server is the one that judges expressions; this only reads them out.
    return expression;
  }
}
