import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JsonValue, LogLevel } from '#contracts';
import { newId } from '#database';
import { MicroBatcher } from '../micro-batcher.js';

export interface JobLogLine {
  jobId: string;
  executionId: string;
  attempt: number;
  level: LogLevel;
  message: string;
  data?: JsonValue;
}

/** How often lines that could not be stored are tried again before they are given up, and how long between. */
const TRIES = 5;
const RETRY_MS = 500;

/** Stores the lines executors write, in order, several to a statement. */
@Injectable()
export class JobLogWriter {
  readonly #logger = new Logger(JobLogWriter.name);
  readonly #batcher = new MicroBatcher<Record<string, unknown>, void>({
    maxWaitMs: 50,
    maxItems: 500,
    maxInFlight: 1,
    flush: (rows) => this.#insert(rows),
  });

  constructor(private readonly dataSource: DataSource) {}

  /** Resolves when the line is stored, or given up for lack of a database, which is logged. Never rejects. */
  async write(line: JobLogLine): Promise<void> {
    const { jobId, executionId, attempt, level, message, data } = line;
    await this.#batcher.add({
      id: newId(),
      logged_at: new Date(),
      job_id: jobId,
      execution_id: executionId,
      attempt,
      level,
      message,
      data: data ?? null,
    });
  }

  /** Stores what has been written so far at once: somebody waits for it. */
  hurry(): void {
    this.#batcher.hurry();
  }

  async #insert(rows: Record<string, unknown>[]): Promise<void[]> {
    const json = JSON.stringify(rows);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.dataSource.query(INSERT, [json]);
        return rows.map(() => undefined);
      } catch (error) {
        if (attempt === TRIES) {
          this.#logger.error(`Gave up ${rows.length} job log lines after ${TRIES} tries: ${String(error)}`);
          return rows.map(() => undefined);
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS * attempt));
      }
    }
  }
}

const INSERT = `
  INSERT INTO job_logs (id, logged_at, job_id, execution_id, attempt, level, message, data)
  SELECT id, logged_at, job_id, execution_id, attempt, level, message, data
  FROM json_to_recordset($1) AS i(id uuid, logged_at timestamptz, job_id uuid, execution_id uuid, attempt int,
    level text, message text, data jsonb)`;
