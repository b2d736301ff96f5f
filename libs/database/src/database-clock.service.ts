import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryRows } from './query-rows.js';

const SAMPLES = 3;

/**
 * PostgreSQL's clock, as this process can best tell it: all due times are in it, so that hosts whose clocks differ
 * agree. Counts on this process's monotonic clock from the last `sync`; exact to half a round trip.
 */
@Injectable()
export class DatabaseClock {
  #offset = performance.timeOrigin;

  constructor(private readonly dataSource: DataSource) {}

  /** Epoch milliseconds, with fractions. */
  now(): number {
    return performance.now() + this.#offset;
  }

  /** Sets the clock by the quickest of a few questions. */
  async sync(): Promise<void> {
    let best = { roundTrip: Infinity, offset: this.#offset };
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const asked = performance.now();
      const [row] = await queryRows<{ now: number }>(
        this.dataSource,
        'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now',
      );
      const roundTrip = performance.now() - asked;
      if (row && roundTrip < best.roundTrip) best = { roundTrip, offset: row.now - asked - roundTrip / 2 };
    }
    this.#offset = best.offset;
  }
}
