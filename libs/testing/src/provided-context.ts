import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the run's PostgreSQL, maintenance database `postgres`; empty when only unit tests run. */
    postgresUrl: string;
    /** Database with the current schema that test databases are cloned from. */
    templateDatabase: string;
    /** The run's Redis; empty when only unit tests run. */
    redisUrl: string;
  }
}
