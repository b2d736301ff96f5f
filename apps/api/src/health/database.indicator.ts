import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ReadinessIndicator } from './readiness.js';

/** PostgreSQL answers a query. The API can do nothing without it. */
@Injectable()
export class DatabaseIndicator implements ReadinessIndicator {
  readonly name = 'database';

  constructor(private readonly dataSource: DataSource) {}

  async check(): Promise<void> {
    try {
      await this.dataSource.query('SELECT 1');
    } catch (cause) {
      // Probes are public: the driver's words, with its addresses, stay inside.
      throw new Error('PostgreSQL does not answer', { cause });
    }
  }
}
