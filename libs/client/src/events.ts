import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';
import { ChronosApiError, ChronosUnreachableError } from './chronos-api-error.js';
import type { ChronosClient } from './chronos-client.js';
import { pause } from './pause.js';
import type {
  BackfillStatus,
  ExecutionDto,
  ExecutionStatus,
  JobStatus,
  LogLineDto,
  SystemState,
} from './schema.js';

export type ExecutionEvent =
  | { event: 'status'; data: ExecutionDto }
  | { event: 'log'; data: LogLineDto }
  | { event: 'end'; data: { reason: string } };

/** `ready` at the start and `reset` after a loss: read what is shown anew. */
export type ChangeEvent =
  | { event: 'execution'; data: { id: string; jobId: string; status: ExecutionStatus } }
  | { event: 'job'; data: { id: string; status: JobStatus | 'deleted' } }
  | { event: 'system'; data: { state: SystemState } }
  | { event: 'backfill'; data: { id: string; jobId: string; status: BackfillStatus } }
  | { event: 'ready' | 'reset'; data: unknown }
  | { event: 'end'; data: { reason: string } };

export interface FollowOptions {
  /** Ends the stream in good order. */
  signal?: AbortSignal;
  /** Begins after the event of this id instead of at the first: for a log line, its own. */
  lastEventId?: string;
  /** Told each time the stream was opened, also when it was opened again. */
  onOpened?: () => void;
  /** Told when the connection was lost and will be opened again. */
  onLost?: (reason: string) => void;
  /**
   * A stream that brought nothing for so many milliseconds, not even the line that keeps it alive every 15 s, is taken
   * for lost: a connection can die without a word. Default 45,000.
   */
  silenceMs?: number;
}

/** Each status and each log line of an execution, from the first on, until it is over. */
export function followExecution(
  client: ChronosClient,
  id: string,
  options: FollowOptions = {},
): AsyncGenerator<ExecutionEvent, void> {
  return follow<ExecutionEvent>(
    (init) =>
      client.GET('/api/v1/executions/{id}/events', {
        params: { path: { id }, header: init.header },
        parseAs: 'stream',
        signal: init.signal,
      }),
    options,
  );
}

/** What changes among the jobs and executions the user may see. Hints, not a record. */
export function followChanges(
  client: ChronosClient,
  options: FollowOptions = {},
): AsyncGenerator<ChangeEvent, void> {
  return follow<ChangeEvent>(
    (init) =>
      client.GET('/api/v1/monitoring/events', {
        params: { header: init.header },
        parseAs: 'stream',
        signal: init.signal,
      }),
    options,
  );
}

interface StreamInit {
  header: { 'Last-Event-ID'?: string };
  signal: AbortSignal | undefined;
}

type Open = (init: StreamInit) => Promise<{ data?: ReadableStream<Uint8Array> | null }>;

/** Until the server says how long to wait. */
const DEFAULT_RETRY_MS = 2_000;
/** Three of the server's beats. */
const DEFAULT_SILENCE_MS = 45_000;
/** After these the same stream can be opened again; after the others what it was about is over. */
const COME_AGAIN = new Set(['shutdown', 'error']);

/** Reads a stream, and opens it again where it broke off, from the last event on. */
async function* follow<Event extends { event: string; data: unknown }>(
  open: Open,
  { signal, onOpened, onLost, silenceMs = DEFAULT_SILENCE_MS, ...from }: FollowOptions,
): AsyncGenerator<Event, void> {
  let { lastEventId } = from;
  let retryMs = DEFAULT_RETRY_MS;
  while (!signal?.aborted) {
    let lost = 'the connection was closed';
    const watch = new SilenceWatch(silenceMs, signal);
    try {
      const { data: bytes } = await open({
        header: lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId },
        signal: watch.signal,
      });
      onOpened?.();
      for await (const message of messagesOf(bytes, watch, (ms) => (retryMs = ms))) {
        lastEventId = message.id ?? lastEventId;
        const event = { event: message.event, data: JSON.parse(message.data) as unknown } as Event;
        const reason = event.event === 'end' ? (event.data as { reason: string }).reason : undefined;
        if (reason !== undefined && COME_AGAIN.has(reason)) {
          lost = `the server ended it (${reason})`;
          break;
        }
        yield event;
        if (reason !== undefined) return;
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (!watch.isSilent && !mayComeAgain(error)) throw error;
      lost = watch.isSilent ? 'nothing was heard any more' : (error as Error).message;
    } finally {
      watch.end();
    }
    onLost?.(lost);
    await pause(retryMs, signal).catch(() => undefined);
  }
}

async function* messagesOf(
  bytes: ReadableStream<Uint8Array> | null | undefined,
  watch: SilenceWatch,
  onRetry: (ms: number) => void,
): AsyncGenerator<EventSourceMessage, void> {
  if (!bytes) return;
  const onComment = () => watch.heard();
  const reader = bytes
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream({ onRetry, onComment }))
    .getReader();
  // Not every browser can iterate a stream.
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      watch.heard();
      yield next.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Ends one connection when it has been silent for too long, or with the signal given. */
class SilenceWatch {
  readonly #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  isSilent = false;

  constructor(
    private readonly silenceMs: number,
    private readonly outer: AbortSignal | undefined,
  ) {
    outer?.addEventListener('abort', this.#forward, { once: true });
    if (outer?.aborted) this.#forward();
    this.heard();
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.isSilent = true;
      this.#abort.abort();
    }, this.silenceMs);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.outer?.removeEventListener('abort', this.#forward);
  }

  readonly #forward = () => this.#abort.abort(this.outer?.reason);
}

/** A connection that broke is a TypeError of fetch; what the server refuses for a reason stays refused. */
function mayComeAgain(error: unknown): boolean {
  if (error instanceof ChronosUnreachableError || error instanceof TypeError) return true;
  return error instanceof ChronosApiError && (error.status === 429 || error.status >= 500);
}
