import { z } from 'zod';
import { headers, httpUrl, timeoutMs } from './fields.js';

export const webhookPayloadSchema = z.strictObject({
  url: httpUrl,
  /** Sent as the JSON body. */
  data: z.json(),
  /** `whsec_<base64>` is taken as base64, any other string as its UTF-8 bytes (Standard Webhooks). */
  secret: z
    .string({ error: 'must be a string; the receiver verifies the signature with it' })
    .min(1, 'must not be empty')
    .max(512, 'must be at most 512 characters')
    .refine(
      (secret) => !secret.startsWith('whsec_') || /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret),
      'starts with whsec_ but does not go on in base64',
    ),
  headers: headers.optional(),
  timeout: timeoutMs.optional(),
});

export type WebhookPayload = z.output<typeof webhookPayloadSchema>;
