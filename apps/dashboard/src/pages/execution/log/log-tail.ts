import type { ExecutionDto, ExecutionEvent, FollowOptions, LogLevel, LogLineDto } from '#client';
import { plainText } from './terminal-text.js';

export interface LogLine {
  /** Of the whole log of the execution, from 1; `#L120` is the line of this number. */
  number: number;
  attempt: number;
  level: LogLevel;
  at: number;
  message: string;
  /** The message without colours. */
  plain: string;
  data: LogLineDto['data'];
}

/** Where the connection was lost while the log was followed. */
export interface LogBreak {
  /** The last line before it. */
  after: number;
  ms: number;
}

export interface LogSnapshot {
  /** Grows in place; each snapshot says that it may have. */
  lines: readonly LogLine[];
  /** So many of the first lines are no longer kept. */
  dropped: number;
  breaks: readonly LogBreak[];
  /**
   * `over`: all is told. `withdrawn`: the execution was taken back before it began. `failed`: it cannot be read on, by `error`
   * where there is one, else because the session ended.
   */
  state: 'opening' | 'open' | 'lost' | 'over' | 'withdrawn' | 'failed';
  /** Lines the server has and we were not sent: stored late, by a worker that was thought lost. */
  missing: number;
  error: Error | undefined;
}

export interface LogSource {
  follow(options: FollowOptions): AsyncGenerator<ExecutionEvent, void>;
  /** How many lines there are in all, asked when the stream has ended. */
  count(): Promise<number>;
  onStatus(execution: ExecutionDto): void;
}

/** Lines come by the hundred; the page is told of them no more often than this. */
const TELL_EVERY_MS = 100;
const MAX_LINES = 200_000;
/** Dropped at a time, so that it happens seldom. */
const DROPPED_LINES = 20_000;

const NOTHING: LogSnapshot = {
  lines: [],
  dropped: 0,
  breaks: [],
  state: 'opening',
  missing: 0,
  error: undefined,
};

/** The log of an execution as it grows, from its first line to its end, for `useSyncExternalStore`. */
export class LogTail {
  readonly #watchers = new Set<() => void>();
  /** As last told of: it stays the same until the watchers are called. */
  #told = NOTHING;
  #now = NOTHING;
  #lines: LogLine[] = [];
  #lastId: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;

  constructor(
    private readonly source: LogSource,
    private readonly maxLines = MAX_LINES,
    private readonly droppedLines = DROPPED_LINES,
  ) {}

  readonly snapshot = (): LogSnapshot => this.#told;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Reads the log from its first line on, also once more. */
  readonly start = (): void => {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    this.#lines = [];
    this.#lastId = undefined;
    this.#now = { ...NOTHING, lines: this.#lines };
    this.#tellSoon();
    void this.#read(running.signal);
  };

  stop(): void {
    this.#running?.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Lets go of the connection, until `resume` reads on after the last line. */
  pause(): void {
    this.#running?.abort();
  }

  resume(): void {
    if (!this.#running?.signal.aborted || isOver(this.#now.state)) return;
    this.#running = new AbortController();
    void this.#read(this.#running.signal);
  }

  async #read(signal: AbortSignal): Promise<void> {
    let lostAt: number | undefined;
    const onOpened = () => {
      if (lostAt !== undefined) {
        this.#set({ breaks: [...this.#now.breaks, { after: this.#count, ms: Date.now() - lostAt }] });
      }
      lostAt = undefined;
      this.#set({ state: 'open' });
    };
    const onLost = () => {
      lostAt ??= Date.now();
      this.#set({ state: 'lost' });
    };
    try {
      const from = this.#lastId === undefined ? {} : { lastEventId: this.#lastId };
      for await (const event of this.source.follow({ signal, onOpened, onLost, ...from })) {
        if (signal.aborted) return;
        if (event.event === 'log') this.#add(event.data);
        else if (event.event === 'status') this.source.onStatus(event.data);
        else await this.#end(event.data.reason, signal);
      }
    } catch (error) {
      if (!signal.aborted) this.#set({ state: 'failed', error: error as Error });
    }
  }

  #add({ id, attempt, level, message, data, loggedAt }: LogLineDto): void {
    this.#lastId = id;
    this.#lines.push({
      number: this.#count + 1,
      attempt,
      level,
      at: Date.parse(loggedAt),
      message,
      plain: plainText(message),
      data,
    });
    if (this.#lines.length > this.maxLines) {
      this.#lines.splice(0, this.droppedLines);
      this.#set({ dropped: this.#now.dropped + this.droppedLines });
    }
    this.#tellSoon();
  }

  async #end(reason: string, signal: AbortSignal): Promise<void> {
    if (reason !== 'execution_over') {
      this.#set({ state: reason === 'execution_withdrawn' ? 'withdrawn' : 'failed' });
      return;
    }
    this.#set({ state: 'over' });
    const told = this.#count;
    // Only a second look: where it fails, the log is as complete as the stream said.
    const count = await this.source.count().catch(() => told);
    if (!signal.aborted && count > told) this.#set({ missing: count - told });
  }

  /** Lines so far, those no longer kept among them. */
  get #count(): number {
    return this.#now.dropped + this.#lines.length;
  }

  #set(change: Partial<LogSnapshot>): void {
    this.#now = { ...this.#now, ...change };
    this.#tellSoon();
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#told = { ...this.#now };
      for (const watcher of this.#watchers) watcher();
    }, TELL_EVERY_MS);
  }
}

function isOver(state: LogSnapshot['state']): boolean {
  return state === 'over' || state === 'withdrawn' || state === 'failed';
}
