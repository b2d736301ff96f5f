import type { JsonObject, NotificationChannelName } from '#contracts';
import type { Notice } from '../message/notice.js';

/** What a row of the outbox holds: all that sending needs, so that later edits of the job do not change it. */
export interface OutboxPayload {
  notice: Notice;
  /** Where to, as the channel reads it; secrets sealed. */
  target: JsonObject;
}

/** @param settings as a job stores them, secrets sealed */
export function targetOf(
  channel: NotificationChannelName,
  settings: JsonObject,
  ownerEmail: string,
): JsonObject {
  const target = settings[channel];
  if (channel === 'email') return { address: typeof target === 'string' ? target : ownerEmail };
  return target as JsonObject;
}
