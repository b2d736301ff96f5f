import { z } from 'zod';
import { headers, httpUrl, timeoutMs } from './fields.js';

/** Whole base64 groups, at least one byte; the padding may be left out. */
const WHSEC = /^whsec_(?=..)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

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
      (secret) => !secret.startsWith('whsec_') || WHSEC.test(secret),
      'starts with whsec_ but does not go on in base64; generate one with: openssl rand -base64 32',
    ),
  headers: headers.optional(),
  timeout: timeoutMs.optional(),
});

export type WebhookPayload = z.output<typeof webhookPayloadSchema>;
