import { type ChildProcess, execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { findBinaries, type PostgresBinaries } from './binaries.js';
import { clusterVersion, createCluster, POSTGRES_USER } from './cluster.js';
import { findLauncher } from './launcher.js';
import { releaseDirectory } from './postmaster-pid.js';
import { exitOf, hasExited, launchServer, type PostgresExit } from './server-process.js';

export interface EmbeddedPostgresOptions {
  /** Data directory; made when it is not there. */
  directory: string;
  /** Password of the owner; the same one each time for one data directory. */
  password: string;
  /** Database that is there afterwards. */
  database: string;
  /** Port to try first: the one of an earlier run that clients still know. */
  port?: number;
  /** Server settings, over our own: `{ fsync: 'off' }`. */
  settings?: Record<string, string>;
  /** File the server's messages are appended to; by default beside the data directory. */
  logFile?: string;
  /** False for throw-away data: a power cut may then leave a broken data directory. */
  isDurable?: boolean;
  /** Told what a person at the terminal should know. */
  onNotice?: (text: string) => void;
}

/** The major version of the bundled programs. Data of another one need a dump and a restore. */
const MAJOR_VERSION = '18';

/**
 * A PostgreSQL server of our own: on loopback only, on a free port, with a password, in its own process group so
 * that Ctrl-C reaches it only through us. Recovers a data directory whose server was killed.
 */
export class EmbeddedPostgres {
  /** Settles when the server has ended, wanted or not. */
  readonly exited: Promise<PostgresExit>;

  private constructor(
    readonly url: string,
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly directory: string,
    private readonly binaries: PostgresBinaries,
  ) {
    this.exited = exitOf(child);
  }

  /** @throws Error with the last lines of the server's log when it does not start. */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const { directory, password, database, settings = {} } = options;
    const logFile = options.logFile ?? join(dirname(directory), 'postgresql.log');
    const binaries = await prepare(options);
    const launcher = await findLauncher([binaries.postgres, directory]);
    const { child, port } = await launchServer(
      binaries.postgres,
      directory,
      logFile,
      settings,
      launcher,
      options.port,
    );
    const url = `postgres://${POSTGRES_USER}:${encodeURIComponent(password)}@127.0.0.1:${port}`;
    const server = new EmbeddedPostgres(`${url}/${database}`, port, child, directory, binaries);
    try {
      await ensureDatabase(`${url}/postgres`, database);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Shuts down: sessions are ended, a checkpoint is written. Forced after 20 s; nothing committed is lost then either. */
  async stop(): Promise<void> {
    if (hasExited(this.child)) return;
    if (process.platform === 'win32') {
      await promisify(execFile)(this.binaries.pgCtl, ['stop', '-D', this.directory, '-m', 'fast', '-w']);
      return;
    }
    for (const [signal, patienceMs] of [
      ['SIGINT', 20_000],
      ['SIGQUIT', 10_000],
      ['SIGKILL', 10_000],
    ] as const) {
      this.child.kill(signal);
      const timer = new AbortController();
      const patience = sleep(patienceMs, false, { signal: timer.signal }).catch(() => false);
      const isGone = await Promise.race([this.exited.then(() => true), patience]);
      timer.abort();
      if (isGone) return;
    }
  }

  /** Ends the server without waiting, for the moment this process exits. Its data recover at the next start. */
  kill(): void {
    if (!hasExited(this.child)) this.child.kill('SIGQUIT');
  }
}

/** Makes the data directory, or makes sure that it is ours to start on. */
async function prepare(options: EmbeddedPostgresOptions): Promise<PostgresBinaries> {
  const { directory, password, isDurable = true, onNotice = () => undefined } = options;
  const binaries = findBinaries();
  await mkdir(dirname(directory), { recursive: true });
  const version = await clusterVersion(directory);
  if (version === undefined) {
    const launcher = await findLauncher([binaries.initdb, directory]);
    await createCluster(directory, password, binaries, launcher, isDurable);
  } else if (version === MAJOR_VERSION) {
    await releaseDirectory(directory, onNotice);
  } else {
    throw new Error(
      `${directory} was made by PostgreSQL ${version}; this Chronos brings ${MAJOR_VERSION}. Dump the data with ` +
        'the old version and restore them into a new data directory.',
    );
  }
  return binaries;
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
