import { createServer } from 'node:net';
import { freePort } from '#embedded-postgres';

/** Is nobody listening there? A refusal for another reason (an address that is not ours) is thrown. */
async function isPortFree(host: string, port: number): Promise<boolean> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve);
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
    throw error;
  }
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return true;
}

/**
 * The port of the worker's probes: the configured one, or a free one where it was left to us and is taken.
 * @throws Error that names the variable of a port that is taken
 */
export async function chooseWorkerPort(
  host: string,
  port: number,
  workerPort: number,
  isWorkerPortOurs: boolean,
): Promise<number> {
  if (!(await isPortFree(host, port))) throw taken('PORT', host, port);
  if (workerPort !== port && (await isPortFree(host, workerPort))) return workerPort;
  if (!isWorkerPortOurs) throw taken('WORKER_PORT', host, workerPort);
  return freePort();
}

function taken(variable: string, host: string, port: number): Error {
  return new Error(
    `Port ${port} on ${host} is taken. Stop what uses it, or choose another port: ${variable}=${port + 10}.`,
  );
}
