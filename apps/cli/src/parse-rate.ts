import { usageError } from './exit-code.js';

/**
 * What `--rate` says: executions a minute. Its bounds are the server's to judge.
 * @throws CliError where it is no number
 */
export function parseRate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw usageError('--rate must be a number: executions a minute.');
}
