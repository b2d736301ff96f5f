import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Something on this machine for the jobs to talk to. */
export interface Receiver {
  port: number;
  received(): number;
  close(): Promise<void>;
}

/** Answers 200, but the first two calls of `/flaky` with 503. */
export async function startHttpReceiver(): Promise<Receiver> {
  let calls = 0;
  let flakyCalls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    request.resume();
    const isFailing = request.url === '/flaky' && (flakyCalls += 1) <= 2;
    response.writeHead(isFailing ? 503 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: !isFailing }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received: () => calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Takes every mail, and keeps none. */
export async function startSmtpReceiver(): Promise<Receiver> {
  let mails = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      stream.resume().on('end', () => {
        mails += 1;
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => listening.once('listening', resolve));
  return {
    port: (listening.address() as AddressInfo).port,
    received: () => mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
