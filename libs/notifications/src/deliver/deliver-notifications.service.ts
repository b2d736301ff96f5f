import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChronosConfig } from '#config';
import { failureOf, type JsonObject, type NotificationChannelName, type Outcome } from '#contracts';
import { queryRows } from '#database';
import { PayloadSecrets } from '#secrets';
import { ChannelRegistry } from '../channels/channel-registry.service.js';
import { renderNotice } from '../message/render-notice.js';
import type { OutboxPayload } from '../outbox/outbox-payload.js';
import { deliveryWaitMs, MAX_DELIVERY_ATTEMPTS } from './delivery-backoff.js';

/** Sent side by side by one process. */
const BATCH = 10;
const SEND_TIMEOUT_MS = 30_000;
/** How long a claim holds: longer than a send can take, so that nobody else sends it meanwhile. */
const CLAIM_MS = 60_000;

interface ClaimedNotification {
  id: string;
  channel: NotificationChannelName;
  attempts: number;
  payload: OutboxPayload;
}

/** How an attempt ended: `failed` for good, or `pending` until it is due again. */
interface Verdict {
  status: 'sent' | 'failed' | 'pending';
  error: string | null;
  waitMs: number;
}

/**
 * Sends what is due in the outbox. Any number of processes may: each claims rows nobody else has. A notification is
 * sent at least once: one whose sender dies between sending and saying so is sent again when its claim has run out,
 * under the same `Message-ID` or `webhook-id`.
 */
@Injectable()
export class DeliverNotifications {
  readonly #logger = new Logger(DeliverNotifications.name);

  constructor(
    private readonly config: ChronosConfig,
    private readonly dataSource: DataSource,
    private readonly channels: ChannelRegistry,
    private readonly secrets: PayloadSecrets,
  ) {}

  /**
   * Claims up to ten and sends them.
   * @param stop aborted: what is being sent is given back, to be sent by somebody else at once
   * @returns how many were claimed; ten means that there may be more
   */
  async deliverDue(stop: AbortSignal): Promise<number> {
    const claimed = await queryRows<ClaimedNotification>(this.dataSource, CLAIM, [BATCH, CLAIM_MS]);
    await Promise.all(
      claimed.map(async (notification) => {
        const verdict = await this.#verdictOn(notification, stop);
        if (verdict) await this.#settle(notification, verdict);
        else await this.dataSource.query(GIVE_BACK, [notification.id, notification.attempts]);
      }),
    );
    return claimed.length;
  }

  /** undefined: stopped in the middle. */
  async #verdictOn(notification: ClaimedNotification, stop: AbortSignal): Promise<Verdict | undefined> {
    const { attempts } = notification;
    if (attempts > MAX_DELIVERY_ATTEMPTS) {
      return { status: 'failed', error: 'Its senders died while sending it, each time.', waitMs: 0 };
    }
    const outcome = await this.#send(notification, stop);
    if (stop.aborted && outcome.status !== 'completed') return undefined;
    if (outcome.status === 'completed') return { status: 'sent', error: null, waitMs: 0 };
    if (outcome.status !== 'failed') {
      return { status: 'failed', error: `The channel answered "${outcome.status}".`, waitMs: 0 };
    }
    const error = `${outcome.error.code}: ${outcome.error.message}`;
    if (!outcome.error.retryable || attempts >= MAX_DELIVERY_ATTEMPTS) {
      return { status: 'failed', error, waitMs: 0 };
    }
    return { status: 'pending', error, waitMs: deliveryWaitMs(attempts, outcome.retryAfterMs) };
  }

  async #send({ id, channel, payload }: ClaimedNotification, stop: AbortSignal): Promise<Outcome> {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(SEND_TIMEOUT_MS)]);
    try {
      const sender = this.channels.get(channel);
      if (!sender) throw new Error(`This worker has no channel "${channel}".`);
      const { notice } = payload;
      const rendered = renderNotice(notice, this.config.http.publicUrl);
      const target: JsonObject = this.secrets.open(payload.target);
      return await sender.send({ id, notice, rendered, target }, signal);
    } catch (error) {
      return failureOf(error, 'CHANNEL_THREW');
    }
  }

  async #settle({ id, channel, attempts }: ClaimedNotification, verdict: Verdict): Promise<void> {
    if (verdict.status !== 'sent') {
      const next = verdict.status === 'failed' ? 'given up' : `next attempt in ${verdict.waitMs} ms`;
      this.#logger.warn(`Notification ${id} by ${channel}, attempt ${attempts}: ${verdict.error}; ${next}.`);
    }
    await this.dataSource.query(SETTLE, [id, attempts, verdict.status, verdict.error, verdict.waitMs]);
  }
}

const CLAIM = `
  WITH due AS MATERIALIZED (
    SELECT id FROM notifications
    WHERE status = 'pending' AND next_attempt_at <= now()
    ORDER BY next_attempt_at LIMIT $1
    FOR UPDATE SKIP LOCKED
  )
  UPDATE notifications n SET attempts = n.attempts + 1, next_attempt_at = clock_timestamp() + $2 * interval '1 ms'
  FROM due WHERE n.id = due.id
  RETURNING n.id, n.channel, n.attempts, n.payload`;

/** The number of attempts names the claim: who was overtaken changes nothing. */
const SETTLE = `
  UPDATE notifications SET
    status = $3::text,
    error = $4,
    next_attempt_at = clock_timestamp() + $5 * interval '1 ms',
    sent_at = CASE WHEN $3::text = 'sent' THEN clock_timestamp() END
  WHERE id = $1 AND attempts = $2 AND status = 'pending'`;

const GIVE_BACK = `
  UPDATE notifications SET attempts = attempts - 1, next_attempt_at = now()
  WHERE id = $1 AND attempts = $2 AND status = 'pending'`;
