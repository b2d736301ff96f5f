import { destination, type DestinationStream } from 'pino';
import type { ChronosConfig } from '#config';
import { LogFiles } from './log-files.js';

/** Where the lines of a process go: standard output and, with a `LOG_DIR`, the dated files. */
export function logDestination({
  log,
  retention,
}: Pick<ChronosConfig, 'log' | 'retention'>): DestinationStream {
  // Synchronous: what is buffered would be written at exit, over and over where the reader of a pipe is gone.
  const stdout = destination({ dest: 1, sync: true });
  if (log.dir === undefined) return stdout;
  const files = new LogFiles({ dir: log.dir, keepDays: retention.logDays });
  return {
    write: (line) => {
      stdout.write(line);
      files.write(line);
    },
  };
}
