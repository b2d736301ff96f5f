import { createHmac } from 'node:crypto';

export interface SignedHeaders {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/**
 * The three headers of Standard Webhooks 1.0.0 for a body: `v1,` and the base64 HMAC-SHA256 of
 * `<id>.<seconds>.<body>`. `id` is what a receiver deduplicates with, `sentAt` what it refuses replays by.
 */
export function signWebhook(secret: string, id: string, sentAt: Date, body: string): SignedHeaders {
  const timestamp = String(Math.floor(sentAt.getTime() / 1000));
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}

const BASE64_PREFIX = 'whsec_';

/** `whsec_<base64>` holds the key as base64; any other secret is its UTF-8 bytes. */
function keyOf(secret: string): Buffer {
  return secret.startsWith(BASE64_PREFIX)
    ? Buffer.from(secret.slice(BASE64_PREFIX.length), 'base64')
    : Buffer.from(secret, 'utf8');
}
