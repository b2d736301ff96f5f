import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Mail, type SMTPPoolOptions, type SMTPPoolSentMessageInfo } from 'nodemailer';
import { ChronosConfig, type SmtpConfig } from '#config';
import { USER_AGENT } from './user-agent.js';

type Pool = Mail<SMTPPoolSentMessageInfo, SMTPPoolOptions>;

/** To tell a dead mail server early; the deadline of the attempt covers everything else. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The connections to the mail server of `SMTP_HOST`: opened when there is mail, closed with the worker. STARTTLS is
 * used where the server offers it. Nothing in a message can make it read files or fetch addresses.
 */
@Injectable()
export class SmtpPool implements OnApplicationShutdown {
  private pool: Pool | undefined;

  constructor(private readonly config: ChronosConfig) {}

  get smtp(): SmtpConfig {
    return this.config.smtp;
  }

  /** The pool for `host`, made on first use. */
  transport(host: string): Pool {
    this.pool ??= createTransport(poolOptions(host, this.smtp));
    return this.pool;
  }

  onApplicationShutdown(): void {
    this.pool?.close({ force: true });
    this.pool = undefined;
  }
}

function poolOptions(host: string, { port, secure, user, password }: SmtpConfig) {
  return {
    pool: true as const,
    host,
    port,
    secure,
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    // Only for a pooled connection that the server has dropped in between: retries are the engine's.
    maxRequeues: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: USER_AGENT,
  };
}
