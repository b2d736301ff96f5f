import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Answer = (request: ReceivedRequest, response: ServerResponse) => void;

/** A real HTTP server on a free loopback port that keeps what it was sent. */
export interface HttpReceiver {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  port: number;
  requests: ReceivedRequest[];
  /** Requests in hand that are neither answered to the end nor given up by the client. */
  open(): string[];
  /** The first request so far or to come that `matches`. */
  request(matches: (request: ReceivedRequest) => boolean): Promise<ReceivedRequest>;
  close(): Promise<void>;
}

export async function startHttpReceiver(answer: Answer): Promise<HttpReceiver> {
  const requests: ReceivedRequest[] = [];
  const open = new Set<string>();
  const waiting = new Set<(request: ReceivedRequest) => void>();

  const server = createServer((incoming, response) => {
    const name = `${incoming.method} ${incoming.url} #${requests.length}`;
    open.add(name);
    response.once('close', () => open.delete(name));
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(request);
      for (const tell of waiting) tell(request);
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    open: () => [...open],
    request: (matches) =>
      new Promise((resolve) => {
        const known = requests.find(matches);
        if (known) return resolve(known);
        const tell = (request: ReceivedRequest) => {
          if (!matches(request)) return;
          waiting.delete(tell);
          resolve(request);
        };
        waiting.add(tell);
      }),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
