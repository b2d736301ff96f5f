import type { JsonObject } from '#contracts';
import type { Notice } from '../message/notice.js';

/** What a row of the outbox holds: all that sending needs, so that later edits of the job do not change it. */
export interface OutboxPayload {
  notice: Notice;
  /** Where to, as the channel reads it; secrets sealed. */
  target: JsonObject;
}
