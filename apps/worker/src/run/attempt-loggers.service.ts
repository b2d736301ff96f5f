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
import type { Redactor } from '#secrets';

const MAX_MESSAGE_LENGTH = 65_536;

export interface AttemptLog {
  logger: ExecutionLogger;
  /** Resolves when every line written so far has been stored. */
  flush(): Promise<void>;
}

/** Makes the logger of one attempt: lines go to the job's logs, its secrets blacked out. */
@Injectable()
export class AttemptLoggers {
  constructor(private readonly writer: JobLogWriter) {}

  open(execution: ClaimedExecution, redactor: Redactor): AttemptLog {
    let last: Promise<void> = Promise.resolve();
    const write = (level: LogLevel) => (message: string, data?: Record<string, unknown>) => {
      last = this.writer.write({
        jobId: execution.jobId,
        executionId: execution.id,
        attempt: execution.attempt,
        level,
        message: redactor.text(storableText(message)).slice(0, MAX_MESSAGE_LENGTH),
        data: data && redactor.json(storableData(data)),
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
