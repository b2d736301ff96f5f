import { Injectable, Logger } from '@nestjs/common';
import { CHANNELS, PgNotifications } from '#database';
import { DeliverNotifications } from '#notifications';

/** How often the outbox is looked into without being woken: what is due again, and claims that have run out. */
const LOOK_EVERY_MS = 2_000;
/** What a send under way gets to end when this worker stops. */
const STOP_GRACE_MS = 3_000;

/** Sends what the outbox holds, as soon as it is there. */
@Injectable()
export class Notifier {
  readonly #logger = new Logger(Notifier.name);
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #current: Promise<void> | undefined;
  #isWoken = false;
  #isStopping = false;

  constructor(
    private readonly notifications: PgNotifications,
    private readonly deliveries: DeliverNotifications,
  ) {}

  start(): void {
    this.notifications.on(CHANNELS.outbox, () => this.wake());
    this.#timer = setInterval(() => this.wake(), LOOK_EVERY_MS);
  }

  /** Looks now, and once more if it is looking already. */
  wake(): void {
    this.#isWoken = true;
    if (this.#isStopping) return;
    this.#current ??= this.#work().finally(() => (this.#current = undefined));
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#isStopping = true;
    const grace = setTimeout(() => this.#stop.abort(new Error('The worker stops.')), STOP_GRACE_MS);
    await this.#current;
    clearTimeout(grace);
  }

  async #work(): Promise<void> {
    try {
      while (this.#isWoken && !this.#isStopping) {
        this.#isWoken = false;
        if ((await this.deliveries.deliverDue(this.#stop.signal)) > 0) this.#isWoken = true;
      }
    } catch (error) {
      this.#logger.warn(`The outbox could not be worked off; it will be tried again: ${String(error)}`);
    }
  }
}
