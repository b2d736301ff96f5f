import { ConfigError, loadStoreConfig } from '#config';
import { rotateSecrets } from '#secrets';

/** How many rows between two lines of progress. */
const TELL_EVERY = 1_000;
const SHOWN_IDS = 20;

/**
 * `npm run secrets:rotate`: encrypts with the first key of ENCRYPTION_KEY what is stored under the others. Ends with 1
 * where something could not be opened with any of them.
 */
try {
  const reports = await rotateSecrets(loadStoreConfig(), (column, resealed) => {
    if (resealed > 0 && resealed % TELL_EVERY === 0) say(`${column}: ${resealed} so far ...`);
  });
  for (const { column, resealed, unreadable } of reports) {
    say(`${column}: ${resealed === 0 ? 'nothing left under an older key' : `${resealed} encrypted anew`}`);
    if (unreadable.length === 0) continue;
    process.exitCode = 1;
    const more = unreadable.length > SHOWN_IDS ? ', ...' : '';
    process.stderr.write(
      `${column}: ${unreadable.length} cannot be opened with any key given: ${unreadable.slice(0, SHOWN_IDS).join(', ')}${more}\n`,
    );
  }
  say(
    process.exitCode === 1
      ? 'Not done: add the missing key to ENCRYPTION_KEY, or set those secrets again.'
      : 'Done: the older keys can be taken out of ENCRYPTION_KEY.',
  );
} catch (error) {
  const text = error instanceof ConfigError ? error.message : `Rotating failed: ${describe(error)}`;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A refused connection is an `AggregateError` without a message of its own. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  return error instanceof Error ? error.message : String(error);
}
