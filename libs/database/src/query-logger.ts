import { Logger } from '@nestjs/common';
import type { Logger as TypeOrmLogger } from 'typeorm';

/**
 * What TypeORM has to say, as log lines of the process instead of colours on its console. Never shows parameters:
 * they hold password hashes and payloads. A failed statement is told at level debug only, since whoever ran it gets
 * the error and knows what it means.
 */
export class QueryLogger implements TypeOrmLogger {
  readonly #logger = new Logger('Database');

  logQuery(query: string): void {
    this.#logger.verbose(query);
  }

  logQueryError(error: string | Error, query: string): void {
    this.#logger.debug(`${String(error)}: ${query}`);
  }

  logQuerySlow(timeMs: number, query: string): void {
    this.#logger.warn(`took ${timeMs} ms: ${query}`);
  }

  logSchemaBuild(message: string): void {
    this.#logger.debug(message);
  }

  logMigration(message: string): void {
    this.#logger.log(message);
  }

  log(level: 'log' | 'info' | 'warn', message: unknown): void {
    if (level === 'warn') this.#logger.warn(String(message));
    else this.#logger.log(String(message));
  }
}
