import { Injectable, Logger } from '@nestjs/common';
import { ChronosError, isLive } from '#contracts';
import { isDatabaseDown } from '#database';
import { type ExecutionView, FindExecutions } from '#executions';
import { ChangeFeed } from './change-feed.service.js';
import type { EventStream } from './event-stream.js';

/** Lines come as they are stored; between them, this is how often a stream looks. Changes of status wake it at once. */
const LOOK_WHILE_RUNNING_MS = 500;
const LOOK_ELSE_MS = 2_000;
const LINES_PER_LOOK = 500;

/**
 * Tells a stream how an execution goes: `status` with the execution whenever that changes, `log` with each line,
 * from the first on, and `end` when all is told. Reads PostgreSQL again and again; NOTIFY only makes it sooner.
 */
@Injectable()
export class ExecutionEvents {
  readonly #logger = new Logger(ExecutionEvents.name);

  constructor(
    private readonly executions: FindExecutions,
    private readonly feed: ChangeFeed,
  ) {}

  /**
   * Resolves when the stream has ended. Whether the reader may see the execution is the caller's question.
   * @param afterLogId the last line the client has, where it comes again
   */
  async follow(stream: EventStream, executionId: string, afterLogId: string | undefined): Promise<void> {
    const bell = new Bell(stream.signal);
    this.feed.listen(({ change }) => {
      if (change.kind === 'many' || (change.kind === 'execution' && change.id === executionId)) bell.ring();
    }, stream.signal);
    let shown = '';
    let lastLogId = afterLogId;
    let isRunning = false;
    while (!stream.signal.aborted) {
      try {
        const execution = await this.executions.get(executionId);
        const isOver = !isLive(execution.status);
        isRunning = execution.status === 'running';
        if (!isOver) shown = showStatus(stream, execution, shown);
        // Lines are stored before the attempt is settled: once it is over there are no more.
        lastLogId = await this.#showLines(stream, executionId, lastLogId);
        if (isOver) {
          showStatus(stream, execution, shown);
          stream.end('execution_over');
          return;
        }
      } catch (error) {
        if (error instanceof ChronosError && error.code === 'NOT_FOUND') {
          stream.end('execution_withdrawn');
          return;
        }
        this.#logger.warn(`Execution ${executionId} could not be followed: ${String(error)}`);
        if (!isDatabaseDown(error)) {
          stream.end('error');
          return;
        }
      }
      await bell.wait(isRunning ? LOOK_WHILE_RUNNING_MS : LOOK_ELSE_MS);
    }
  }

  async #showLines(
    stream: EventStream,
    executionId: string,
    after: string | undefined,
  ): Promise<string | undefined> {
    let last = after;
    while (!stream.signal.aborted) {
      const lines = await this.executions.logsAfter(executionId, last, LINES_PER_LOOK);
      for (const line of lines) stream.send({ event: 'log', id: line.id, data: line });
      last = lines.at(-1)?.id ?? last;
      if (lines.length < LINES_PER_LOOK) break;
    }
    return last;
  }
}

/** @returns what is shown now */
function showStatus(stream: EventStream, execution: ExecutionView, shown: string): string {
  const now = `${execution.status} ${execution.attempt}`;
  if (now !== shown) stream.send({ event: 'status', data: execution });
  return now;
}

/** Wakes one that waits; a ring while nobody waits counts for the next wait. */
class Bell {
  #hasRung = false;
  #wake: (() => void) | undefined;

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.ring(), { once: true });
  }

  ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  async wait(ms: number): Promise<void> {
    if (!this.#hasRung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#hasRung = false;
    this.#wake = undefined;
  }
}
