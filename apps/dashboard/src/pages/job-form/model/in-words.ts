import { formatDuration } from '../../../time/format-duration.js';
import { MASK } from './form-values.js';

const DURATIONS = new Set([
  'every',
  'jitter',
  'retryDelay',
  'timeout',
  'catchupWindow',
  'backoff.maxDelay',
  'payload.timeout',
]);

/** The value of a field of a job, for people. */
export function inWords(field: string, value: unknown): string {
  if (value === MASK) return 'a secret';
  if (DURATIONS.has(field) && typeof value === 'number') return formatDuration(value);
  if (Array.isArray(value) && value.length === 0) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
