import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgres } from '#embedded-postgres';

const RESTART_FIRST_MS = 500;
const RESTART_MOST_MS = 30_000;

/** Where the database of a data directory lies. */
export function databaseDirectory(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/** The embedded PostgreSQL of one data directory, started again on the same port should it ever end by itself. */
export class DatabaseServer {
  #server: EmbeddedPostgres | undefined;
  #isStopping = false;
  readonly #giveUp = new AbortController();

  constructor(
    private readonly dataDir: string,
    private readonly password: string,
    private readonly onNotice: (text: string) => void,
  ) {}

  /** @returns the URL of the database */
  async start(): Promise<string> {
    const server = await this.#launch();
    void this.#keepRunning(server);
    return server.url;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#giveUp.abort();
    await this.#server?.stop();
  }

  /** Ends it without waiting; the data recover at the next start. */
  kill(): void {
    this.#isStopping = true;
    this.#giveUp.abort();
    this.#server?.kill();
  }

  async #launch(port?: number): Promise<EmbeddedPostgres> {
    this.#server = await EmbeddedPostgres.start({
      directory: databaseDirectory(this.dataDir),
      password: this.password,
      database: 'chronos',
      port,
      logFile: join(this.dataDir, 'postgresql.log'),
      onNotice: this.onNotice,
    });
    if (this.#isStopping) await this.#server.stop();
    return this.#server;
  }

  async #keepRunning(first: EmbeddedPostgres): Promise<void> {
    let server: EmbeddedPostgres | undefined = first;
    let waitMs = RESTART_FIRST_MS;
    while (!this.#isStopping) {
      if (server) {
        const { code, signal } = await server.exited;
        if (this.#isStopping) return;
        this.onNotice(
          `PostgreSQL ended (${signal ?? `exit code ${code}`}); starting it again in ${waitMs} ms.`,
        );
      }
      await sleep(waitMs, undefined, { signal: this.#giveUp.signal }).catch(() => undefined);
      if (this.#isStopping) return;
      try {
        server = await this.#launch(first.port);
        waitMs = RESTART_FIRST_MS;
        this.onNotice('PostgreSQL runs again.');
      } catch (error) {
        server = undefined;
        waitMs = Math.min(waitMs * 2, RESTART_MOST_MS);
        this.onNotice(`PostgreSQL could not be started again: ${String(error)}`);
      }
    }
  }
}
