import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ReadinessIndicator } from './readiness.js';

const ANSWER_WITHIN_MS = 2_000;

/** PostgreSQL answers a query in time. The API can do nothing without it. */
@Injectable()
export class DatabaseIndicator implements ReadinessIndicator {
  readonly name = 'database';

  constructor(private readonly dataSource: DataSource) {}

  async check(): Promise<void> {
    const patience = new AbortController();
    try {
      await Promise.race([this.dataSource.query('SELECT 1'), tooLate(patience.signal)]);
    } catch (cause) {
      // Probes are public: the driver's words, with its addresses, stay inside.
      throw new Error('PostgreSQL does not answer', { cause });
    } finally {
      patience.abort();
    }
  }
}

async function tooLate(signal: AbortSignal): Promise<never> {
  await delay(ANSWER_WITHIN_MS, undefined, { signal, ref: false });
  throw new Error(`no answer within ${ANSWER_WITHIN_MS} ms`);
}
