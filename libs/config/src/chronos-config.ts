import type { JobType, WorkerRole } from '#contracts';

export type NodeEnv = 'development' | 'production' | 'test';

export interface HttpConfig {
  /** Address both apps bind to. */
  host: string;
  port: number;
  /** Port of the worker's health probes. */
  workerPort: number;
  /** Address people reach the API by, without a slash at its end. */
  publicUrl: string;
  /** Origins allowed to call the API from a browser; empty: none but its own. */
  corsOrigins: string[];
  /** Ranges of the load balancers whose `X-Forwarded-For` is believed; empty: the socket's address counts. */
  trustedProxies: string[];
}

export interface DatabaseConfig {
  /** `postgres://` URL, composed from the single variables where `DATABASE_URL` is not set. */
  url: string;
  poolSize: number;
}

export interface QueueConfig {
  backend: 'redis' | 'postgres';
  /** Keeps several installations on one Redis or PostgreSQL apart. */
  prefix: string;
  /** `redis://` or `rediss://` URL, composed from the single variables where `REDIS_URL` is not set. */
  redisUrl: string;
}

export interface AuthConfig {
  jwtSecret: string;
  accessTokenTtlMs: number;
  refreshTokenTtlMs: number;
  /** Created once at start when both are given and no such account exists. */
  adminEmail: string | undefined;
  adminPassword: string | undefined;
  allowRegistration: boolean;
  rateLimitPerMinute: number;
  authRateLimitPerMinute: number;
}

export interface SecretsConfig {
  /** 32 bytes. */
  /** The first encrypts, all of them decrypt. */
  encryptionKeys: [Buffer, ...Buffer[]];
}

export interface JobDefaultsConfig {
  maxRetryAttempts: number;
  retryDelayMs: number;
  misfireThresholdMs: number;
  /** How fast all jobs together catch up after an outage. */
  catchupPerSecond: number;
  /** Misfires later than this wait for a review; 0: none do. */
  catchupReviewAfterMs: number;
  /** How many executions of backfills may be under way at once, all jobs together. */
  backfillConcurrency: number;
  minScheduleIntervalSeconds: number;
}

export interface WorkerConfig {
  /** Executions of each type that one worker runs at once. */
  concurrency: number;
  types: JobType[];
  roles: WorkerRole[];
  plannerLookaheadMs: number;
  leaseMs: number;
  reconcileIntervalMs: number;
  shutdownGraceMs: number;
}

export interface OutboundConfig {
  /** Ranges http and webhook jobs may call although they are not public. */
  allowedCidrs: string[];
}

export interface ScriptConfig {
  /** Who may create script jobs: admins, all, or nobody. */
  policy: 'admin' | 'all' | 'off';
  /** Absolute path that bounds `cwd`. */
  root: string;
  /** Programs that may be run; undefined: any. */
  allowedCommands: string[] | undefined;
}

export interface CustomHandlersConfig {
  /** Absolute path of a folder of handler modules. */
  dir: string | undefined;
}

export interface SmtpConfig {
  /** Without a host an email job fails with a message that says so. */
  host: string | undefined;
  port: number;
  secure: boolean;
  user: string | undefined;
  password: string | undefined;
  from: string | undefined;
}

export interface LogConfig {
  level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Absolute path of the daily files; undefined: standard output only. */
  dir: string | undefined;
}

export interface RetentionConfig {
  days: number;
  logDays: number;
  /** The audit trail's. */
  auditDays: number;
}

/** The whole configuration, validated. A class, so that it is its own injection token. */
export class ChronosConfig {
  readonly nodeEnv!: NodeEnv;
  readonly http!: HttpConfig;
  readonly database!: DatabaseConfig;
  readonly queue!: QueueConfig;
  readonly auth!: AuthConfig;
  readonly secrets!: SecretsConfig;
  readonly jobs!: JobDefaultsConfig;
  readonly worker!: WorkerConfig;
  readonly outbound!: OutboundConfig;
  readonly script!: ScriptConfig;
  readonly customHandlers!: CustomHandlersConfig;
  readonly smtp!: SmtpConfig;
  readonly log!: LogConfig;
  readonly retention!: RetentionConfig;
  /** Where the standalone instance keeps its database and secrets. */
  readonly dataDir!: string;
  /** Bearer token that may scrape `/metrics`. */
  readonly metricsToken!: string | undefined;
  /** What an operator should know but that need not stop a start; log each once. Never holds a value of a secret. */
  readonly warnings!: readonly string[];
}
