import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { credentialIdOf, type Principal, SessionService } from '#auth';
import { ChronosError } from '#contracts';
import { CHANNELS, PgNotifications } from '#database';
import { EventStream } from './event-stream.js';

/** Streams one user may have open on one API process: a few windows with a few tails each. */
export const MAX_STREAMS_PER_USER = 10;
/** Shorter than the idle time-outs of common proxies (nginx 60 s, cloud load balancers 30 to 60 s). */
const BEAT_EVERY_MS = 15_000;
const RETRY_AFTER_MS = 5_000;

/**
 * All open streams of this process: a bounded number per user, kept alive, ended with the session or API key they were opened
 * with and with the process. Its end is told by NOTIFY, and looked for with each beat.
 */
@Injectable()
export class EventStreams implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(EventStreams.name);
  readonly #open = new Map<EventStream, Principal>();
  #timer: NodeJS.Timeout | undefined;
  #isClosing = false;

  constructor(
    private readonly sessions: SessionService,
    private readonly notifications: PgNotifications,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.notifications.on(CHANNELS.sessions, () => void this.#endSessions());
    await this.notifications.start();
    this.#timer = setInterval(() => {
      for (const stream of this.#open.keys()) stream.beat();
      void this.#endSessions();
    }, BEAT_EVERY_MS);
  }

  get size(): number {
    return this.#open.size;
  }

  /**
   * Turns a reply into a stream.
   * @throws ChronosError RATE_LIMITED when the user has too many, DEPENDENCY_DOWN while the process ends
   */
  open(reply: FastifyReply, principal: Principal): EventStream {
    if (this.#isClosing) {
      throw new ChronosError('DEPENDENCY_DOWN', 'This process is shutting down; try again.', {
        retryable: true,
      });
    }
    const owned = [...this.#open.values()].filter(({ id }) => id === principal.id);
    if (owned.length >= MAX_STREAMS_PER_USER) {
      throw new ChronosError(
        'RATE_LIMITED',
        `At most ${MAX_STREAMS_PER_USER} event streams of one user; close one first.`,
        { retryable: true, retryAfterMs: RETRY_AFTER_MS },
      );
    }
    const stream = new EventStream(reply);
    this.#open.set(stream, principal);
    stream.signal.addEventListener('abort', () => this.#open.delete(stream), { once: true });
    return stream;
  }

  /** Before the server closes: it waits for every answer, and these would never end. */
  onModuleDestroy(): void {
    this.#isClosing = true;
    clearInterval(this.#timer);
    for (const stream of this.#open.keys()) stream.end('shutdown');
  }

  /** Ends what belongs to a session or API key that is over, or to a user whose role has changed. */
  async #endSessions(): Promise<void> {
    if (this.#open.size === 0) return;
    try {
      const open = [...this.#open];
      const roles = await this.sessions.rolesOf([
        ...new Set(open.map(([, principal]) => credentialIdOf(principal))),
      ]);
      for (const [stream, principal] of open) {
        if (roles.get(credentialIdOf(principal)) !== principal.role) stream.end('session_ended');
      }
    } catch (error) {
      this.#logger.warn(`Sessions of open streams could not be checked: ${String(error)}`);
    }
  }
}
