import { Injectable } from '@nestjs/common';
import {
  type ExecutionLogger,
  type JsonValue,
  LOG_LEVELS,
  type LogLevel,
  NotSerialisableError,
  storableText,
  toStorableJson,
} from '#contracts';
import { type ClaimedExecution, JobLogWriter } from '#executions';

const MAX_MESSAGE_LENGTH = 65_536;
/** A secret shorter than this would black out ordinary words. */
const MIN_SECRET_LENGTH = 4;
const REDACTED = '[redacted]';

export interface AttemptLog {
  logger: ExecutionLogger;
  /** Resolves when every line written so far has been stored. */
  flush(): Promise<void>;
}

type Redact = (text: string) => string;

/** Makes the logger of one attempt: lines go to the job's logs, its secrets blacked out. */
@Injectable()
export class AttemptLoggers {
  constructor(private readonly writer: JobLogWriter) {}

  open(execution: ClaimedExecution, secrets: string[]): AttemptLog {
    let last: Promise<void> = Promise.resolve();
    const redact = redactor(secrets);
    const write = (level: LogLevel) => (message: string, data?: Record<string, unknown>) => {
      last = this.writer.write({
        jobId: execution.jobId,
        executionId: execution.id,
        attempt: execution.attempt,
        level,
        message: redact(storableText(message)).slice(0, MAX_MESSAGE_LENGTH),
        data: data && redactJson(storableData(data), redact),
      });
    };
    const flush = () => {
      this.writer.hurry();
      return last;
    };
    const logger = Object.fromEntries(LOG_LEVELS.map((level) => [level, write(level)])) as ExecutionLogger;
    return { logger, flush };
  }
}

/** A line whose data cannot be stored is kept, and says so. */
function storableData(data: Record<string, unknown>): JsonValue {
  try {
    return toStorableJson(data).value;
  } catch (error) {
    if (!(error instanceof NotSerialisableError)) throw error;
    return { notSerialisable: error.message };
  }
}

function redactor(secrets: string[]): Redact {
  const hidden = secrets.filter((secret) => secret.length >= MIN_SECRET_LENGTH);
  return (text) => hidden.reduce((result, secret) => result.replaceAll(secret, REDACTED), text);
}

function redactJson(value: JsonValue, redact: Redact): JsonValue {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactJson(item, redact));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactJson(item, redact)]));
}
