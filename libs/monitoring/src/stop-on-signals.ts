import type { INestApplication } from '@nestjs/common';

/**
 * Ends the process in order on SIGTERM and SIGINT: no new connections, requests under way are answered, the
 * database pool is closed, exit code 0. What does not end within `graceMs` is cut off, exit code 1.
 * @returns the same way down, for other reasons to stop
 */
export function stopOnSignals(app: INestApplication, graceMs: number): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= shutDown(app, graceMs));
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
  return stop;
}

async function shutDown(app: INestApplication, graceMs: number): Promise<void> {
  setTimeout(() => process.exit(1), graceMs).unref();
  try {
    await app.close();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`The process could not stop in order: ${String(error)}\n`);
    process.exit(1);
  }
}
