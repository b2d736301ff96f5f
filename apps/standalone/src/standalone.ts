import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { type ChronosConfig, type Environment, loadConfig, standaloneDefaults } from '#config';
import { banner } from './banner.js';
import { databaseDirectory, DatabaseServer } from './database-server.js';
import { lockDirectory } from './directory-lock.js';
import { type KeptSecrets, keepSecrets, noteAdminPasswordShown, secretsPath } from './kept-secrets.js';
import { terminalLine } from './log-line.js';
import { ManagedProcess } from './managed-process.js';
import { chooseWorkerPort } from './ports.js';

export interface StandaloneOptions {
  env: Environment;
  /** Compiled entry modules of the two apps. */
  entries: { api: string; worker: string };
  /** Brings a database up to date. */
  migrate: (url: string) => Promise<unknown>;
  /** Shows a line at the terminal. */
  say: (text: string) => void;
  isVerbose?: boolean;
}

/** What a stop after a signal adds to `SHUTDOWN_GRACE_MS` before a process is killed. */
const STOP_MARGIN_MS = 5_000;

/**
 * One command for one machine: an embedded PostgreSQL, the API and a worker, kept running together and stopped
 * together. PostgreSQL outlives both, the API outlives the worker, so that draining work can be watched and stored.
 */
export class Standalone {
  readonly #onStop: (() => Promise<void>)[] = [];
  readonly #onKill: (() => void)[] = [];
  #isStopping = false;
  #stopped: Promise<void> = Promise.resolve();

  constructor(private readonly options: StandaloneOptions) {}

  /**
   * @throws Error with what to do; everything that was started is stopped again by `stop`
   */
  async start(): Promise<void> {
    const start = performance.now();
    const env: Environment = { ...this.options.env, ...standaloneDefaults(this.options.env) };
    // Before anything is made or started: all that is wrong with the settings, at once.
    const { dataDir } = loadConfig(withSecrets(env, passingSecrets()));
    await this.#openDataDir(dataDir);
    const usesOwnDatabase = !isSet(env, 'DATABASE_URL') && !isSet(env, 'DB_HOST');
    const kept = await keepSecrets(dataDir, existsSync(databaseDirectory(dataDir)));
    const madeAdminPassword = !isSet(env, 'ADMIN_PASSWORD');
    const showsPassword = madeAdminPassword && kept.adminPasswordShownAt === undefined;
    Object.assign(env, withSecrets(env, kept));

    const { host, port, workerPort } = loadConfig(env).http;
    const isWorkerPortOurs = !isSet(this.options.env, 'WORKER_PORT');
    env['WORKER_PORT'] = String(await chooseWorkerPort(host, port, workerPort, isWorkerPortOurs));
    this.#goOn();
    if (usesOwnDatabase) env['DATABASE_URL'] = await this.#startDatabase(dataDir, kept);
    const config = loadConfig(env);
    for (const warning of config.warnings) this.options.say(`Note: ${warning}`);

    this.#goOn();
    await this.options.migrate(config.database.url);
    this.#goOn();
    await this.#rotateSecrets(config);
    this.#goOn();
    await this.#startApps(config, env);
    this.#goOn();
    this.options.say(
      banner({
        host,
        port,
        adminEmail: config.auth.adminEmail ?? '',
        newAdminPassword: showsPassword ? kept.adminPassword : undefined,
        secretsPath: madeAdminPassword ? secretsPath(dataDir) : undefined,
        dataDir,
        storage: storage(config, usesOwnDatabase),
        logDir: config.log.dir,
        seconds: ((performance.now() - start) / 1000).toFixed(1),
      }),
    );
    if (showsPassword) await noteAdminPasswordShown(dataDir, kept);
  }

  /** Stops what runs, in order: the worker drains, then the API, then PostgreSQL. Safe to call at any moment, also twice. */
  stop(): Promise<void> {
    this.#isStopping = true;
    return (this.#stopped = this.#stopped.then(() => this.#stopAll()));
  }

  /** Ends everything without waiting. What was committed stays; the next start recovers. */
  kill(): void {
    this.#isStopping = true;
    for (const kill of this.#onKill.toReversed()) kill();
  }

  async #stopAll(): Promise<void> {
    for (let stop = this.#onStop.pop(); stop; stop = this.#onStop.pop()) await stop();
  }

  /** A stop that came meanwhile ends the start. */
  #goOn(): void {
    if (this.#isStopping) throw new StoppedError();
  }

  /** Nothing else has the database yet: older keys can go as soon as this is done. */
  async #rotateSecrets(config: ChronosConfig): Promise<void> {
    if (config.secrets.encryptionKeys.length === 1) return;
    // Loaded only when it is needed: the start is to be quick.
    const { rotateSecrets } = await import('#secrets');
    const reports = await rotateSecrets(config);
    const unreadable = reports.reduce((sum, report) => sum + report.unreadable.length, 0);
    this.options.say(
      unreadable === 0
        ? 'Note: all secrets are encrypted with the first key of ENCRYPTION_KEY now; the others can be taken out.'
        : `Note: ${unreadable} stored secrets cannot be opened with any key of ENCRYPTION_KEY.`,
    );
  }

  async #openDataDir(dataDir: string): Promise<void> {
    // As root the server runs under another account, which must be able to pass through.
    await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    this.#onStop.push(await lockDirectory(dataDir));
    this.#goOn();
  }

  async #startDatabase(dataDir: string, secrets: KeptSecrets): Promise<string> {
    if (!existsSync(databaseDirectory(dataDir))) this.options.say('Making the database ...');
    const database = new DatabaseServer(dataDir, secrets.databasePassword, this.options.say);
    this.#onStop.push(() => database.stop());
    this.#onKill.push(() => database.kill());
    return database.start();
  }

  async #startApps(config: ChronosConfig, env: Environment): Promise<void> {
    const apps = (['api', 'worker'] as const).map((name) => this.#app(name, config, env));
    for (const app of apps) {
      this.#onStop.push(() => app.stop());
      this.#onKill.push(() => app.kill());
    }
    const started = await Promise.allSettled(apps.map((app) => app.start()));
    this.#goOn();
    const failed = started.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }

  #app(name: 'api' | 'worker', config: ChronosConfig, env: Environment): ManagedProcess {
    const { say, entries, isVerbose = false } = this.options;
    const showsAll = isVerbose || config.log.dir === undefined;
    return new ManagedProcess({
      name: name === 'api' ? 'API' : name,
      entry: entries[name],
      env,
      stopPatienceMs: config.worker.shutdownGraceMs + STOP_MARGIN_MS,
      onNotice: say,
      onOutput: (line) => {
        const shown = terminalLine(name, line, showsAll);
        if (shown !== undefined) say(shown);
      },
    });
  }
}

/** The start was ended by a stop; nothing went wrong. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

type AppSecrets = Pick<KeptSecrets, 'jwtSecret' | 'encryptionKey' | 'adminPassword'>;

function withSecrets(env: Environment, secrets: AppSecrets): Environment {
  const filled = { ...env };
  const made = {
    JWT_SECRET: secrets.jwtSecret,
    ENCRYPTION_KEY: secrets.encryptionKey,
    ADMIN_PASSWORD: secrets.adminPassword,
  };
  for (const [name, value] of Object.entries(made)) if (!isSet(env, name)) filled[name] = value;
  return filled;
}

/** Stand in for the kept ones while the settings are checked; used for nothing. */
function passingSecrets(): AppSecrets {
  const random = randomBytes(32).toString('hex');
  return { jwtSecret: random, encryptionKey: random, adminPassword: `Aa1${random}` };
}

function isSet(env: Environment, name: string): boolean {
  return (env[name] ?? '').trim() !== '';
}

function storage({ queue }: ChronosConfig, usesOwnDatabase: boolean): string {
  const database = usesOwnDatabase
    ? 'PostgreSQL 18, built in'
    : 'secrets only; PostgreSQL at DATABASE_URL or DB_HOST';
  return `${database}; queue on ${queue.backend === 'redis' ? 'Redis' : 'PostgreSQL'}`;
}
