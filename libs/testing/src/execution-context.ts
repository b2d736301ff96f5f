import { randomUUID } from 'node:crypto';
import { AttemptAborted, type AbortKind, type ExecutionContext, type LogLevel } from '#contracts';

export interface LogLine {
  level: LogLevel;
  message: string;
  data?: Record<string, unknown>;
}

export interface TestContext {
  context: ExecutionContext;
  /** What was logged, in order. */
  lines: LogLine[];
  /** Tells the attempt to stop, as the worker does. */
  abort: (kind: AbortKind) => void;
}

/** The context of one attempt of an execution that nobody else knows. */
export function testContext(overrides: Partial<ExecutionContext> = {}): TestContext {
  const stop = new AbortController();
  const lines: LogLine[] = [];
  const log = (level: LogLevel) => (message: string, data?: Record<string, unknown>) =>
    void lines.push(data === undefined ? { level, message } : { level, message, data });
  const context: ExecutionContext = {
    executionId: randomUUID(),
    jobId: randomUUID(),
    jobName: 'a job under test',
    attempt: 1,
    maxAttempts: 4,
    scheduledFor: new Date('2026-03-01T09:00:00.000Z'),
    signal: stop.signal,
    deadline: new Date(Date.now() + 30_000),
    logger: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    ...overrides,
  };
  return {
    context,
    lines,
    abort: (kind) => stop.abort(new AttemptAborted(kind, `aborted by the test: ${kind}`)),
  };
}
