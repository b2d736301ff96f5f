import type { FastifyReply } from 'fastify';

/** One event as a client gets it. */
export interface StreamedEvent {
  event: string;
  data: unknown;
  /** What the client sends back as `Last-Event-ID` when it comes again. */
  id?: string;
}

/** A client that leaves so much unread is cut off; it comes again and is told what it missed. */
const MAX_UNREAD_BYTES = 1_048_576;
/** How long a client is to wait before it comes again. */
const RETRY_MS = 2_000;

/**
 * An answer that goes on: server-sent events (WHATWG HTML, section 9.2). Takes the reply over from the framework and
 * keeps the headers it has so far. Ends when either side ends it; writing after that does nothing.
 */
export class EventStream {
  readonly #closed = new AbortController();

  constructor(private readonly reply: FastifyReply) {
    reply.hijack();
    const { raw } = reply;
    raw.once('close', () => this.#closed.abort());
    raw.on('error', () => this.#closed.abort());
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      // nginx would keep events back to fill its buffer.
      'x-accel-buffering': 'no',
    });
    this.#write(`retry: ${RETRY_MS}\n\n`);
  }

  /** Aborts when the stream has ended. */
  get signal(): AbortSignal {
    return this.#closed.signal;
  }

  send({ event, data, id }: StreamedEvent): void {
    const idLine = id === undefined ? '' : `id: ${id}\n`;
    this.#write(`event: ${event}\n${idLine}data: ${JSON.stringify(data)}\n\n`);
  }

  /** A line no client sees: it keeps proxies from taking a quiet stream for a dead one. */
  beat(): void {
    this.#write(': beat\n\n');
  }

  /** Says why and ends. */
  end(reason: string): void {
    if (this.signal.aborted) return;
    this.send({ event: 'end', data: { reason } });
    this.#closed.abort();
    this.reply.raw.end();
  }

  #write(text: string): void {
    const { raw } = this.reply;
    if (this.signal.aborted || raw.destroyed) return;
    raw.write(text);
    if (raw.writableLength > MAX_UNREAD_BYTES) raw.destroy();
  }
}
