import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { signWebhook } from './standard-webhook.js';

const body = JSON.stringify({ event: 'job.completed', note: 'grüße 😀' });
const id = '019500d5-0000-7000-8000-000000000001';

describe('signWebhook', () => {
  it.each<[string, Webhook]>([
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')],
    ['webhook-secret-key', new Webhook('webhook-secret-key', { format: 'raw' })],
  ])('is verified by the reference library, secret %s', (secret, receiver) => {
    const headers = signWebhook(secret, id, new Date(), body);
    expect(receiver.verify(body, { ...headers })).toEqual(JSON.parse(body));
    expect(headers['webhook-id']).toBe(id);
    expect(() => receiver.verify(`${body} `, { ...headers })).toThrow(/No matching signature/);
  });

  it('gives the signature of the example in the specification', () => {
    const headers = signWebhook(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      new Date(1_614_265_330_000),
      '{"test": 2432232314}',
    );
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('signs a non-ASCII secret by its UTF-8 bytes', () => {
    const headers = signWebhook('schlüssel', id, new Date(), body);
    const receiver = new Webhook(new TextEncoder().encode('schlüssel'), { format: 'raw' });
    expect(receiver.verify(body, { ...headers })).toEqual(JSON.parse(body));
  });
});
