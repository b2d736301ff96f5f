import { DiscoveryService } from '@nestjs/core';
import type { JsonObject, NotificationChannelName, Outcome } from '#contracts';
import type { Notice } from '../message/notice.js';
import type { RenderedNotice } from '../message/render-notice.js';

/** One notification, ready to go out. */
export interface OutgoingNotification {
  /** The same at every attempt: what a receiver deduplicates with. */
  id: string;
  notice: Notice;
  rendered: RenderedNotice;
  /** What the job names for this channel, secrets open. */
  target: JsonObject;
}

/**
 * Sends notifications one way. `completed`: the receiver has taken it. `failed` and a throw are tried again later
 * unless `error.retryable` is false. Must end soon after `signal` is aborted, best by throwing its reason.
 */
export interface NotificationSender {
  send(notification: OutgoingNotification, signal: AbortSignal): Promise<Outcome>;
}

/**
 * Marks a provider as the sender of a channel: `@NotificationChannel('email')`. It must implement
 * `NotificationSender`, be a singleton and the only one of its channel; the worker does not start otherwise.
 */
export const NotificationChannel = DiscoveryService.createDecorator<NotificationChannelName>();
