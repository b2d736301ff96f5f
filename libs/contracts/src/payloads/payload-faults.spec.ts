import { describe, expect, it } from 'vitest';
import type { JobType } from '../job.js';
import { payloadFaults } from './index.js';

const url = 'https://api.example.com/hook';

/** Bad input, the field that is named and the words that say what to do. */
const REFUSED: [JobType, unknown, string, RegExp][] = [
  ['http', null, 'payload', /^must be an object$/],
  ['http', {}, 'payload.url', /^must be a URL, e\.g\./],
  ['http', { url: '/relative' }, 'payload.url', /absolute URL/],
  ['http', { url: 'ftp://example.com' }, 'payload.url', /http:\/\/ or https:\/\//],
  ['http', { url: 'https://me:pw@example.com' }, 'payload.url', /"authorization" header/],
  ['http', { url, method: 'TRACE' }, 'payload.method', /one of GET, HEAD/],
  ['http', { url, method: 5 }, 'payload.method', /^must be a string$/],
  ['http', { url, body: 5 }, 'payload.body', /string, an object or an array/],
  ['http', { url, headers: 'x' }, 'payload.headers', /^must be an object$/],
  ['http', { url, headers: { 'a b': 'x' } }, 'payload.headers.a b', /not a valid header name/],
  ['http', { url, headers: { Host: 'x' } }, 'payload.headers.Host', /set by Chronos/],
  ['http', { url, headers: { Expect: 'x' } }, 'payload.headers.Expect', /set by Chronos/],
  ['http', { url, headers: { a: 'b\r\nc: d' } }, 'payload.headers.a', /no line breaks/],
  ['http', { url, headers: { a: 'naïve ✓' } }, 'payload.headers.a', /Latin-1/],
  ['http', { url, expectedStatus: '2xx' }, 'payload.expectedStatus', /e\.g\. 204/],
  ['http', { url, expectedStatus: 700 }, 'payload.expectedStatus', /100 to 599/],
  ['http', { url, timeout: 5 }, 'payload.timeout', /at least 100 ms/],
  ['http', { url, tiemout: 5 }, 'payload.tiemout', /not a field/],
  ['webhook', { url, secret: 'x' }, 'payload.data', /^must be a JSON value$/],
  ['webhook', { url, data: 1, secret: 'whsec_!' }, 'payload.secret', /openssl rand/],
  ['webhook', { url, data: 1, secret: 'whsec_A' }, 'payload.secret', /openssl rand/],
  ['script', {}, 'payload.command', /name a program/],
  ['script', { command: 'a', args: [1] }, 'payload.args.0', /^must be a string$/],
  ['script', { command: 'a', env: { 'A=B': 'x' } }, 'payload.env.A=B', /variable name/],
  ['email', { to: 'ops', subject: 's', text: 't' }, 'payload.to', /ops@example\.com/],
  ['email', { to: 'a@b.co', subject: 'a\nb', text: 't' }, 'payload.subject', /one line/],
  ['email', { to: 'a@b.co', subject: 's' }, 'payload.text', /"text", "html" or both/],
  ['custom', {}, 'payload.handler', /GET \/api\/v1\/handlers/],
  ['custom', { handler: 'a b' }, 'payload.handler', /must be a letter/],
];

describe('payloadFaults', () => {
  it.each(REFUSED)('%s %j: names %s and the fix', (type, payload, field, message) => {
    const faults = payloadFaults(type, payload);
    expect(faults).toContainEqual({ field, message: expect.stringMatching(message) });
    expect(faults.map((fault) => fault.message).join()).not.toMatch(/Invalid/);
  });

  it.each<[JobType, unknown]>([
    ['http', { url, method: 'post', headers: { a: 'b' }, body: { x: [1] }, expectedStatus: [200, 404] }],
    ['webhook', { url, data: null, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }],
    ['webhook', { url, data: {}, secret: 'any other string' }],
    ['script', { command: 'node', args: ['-v'], cwd: 'jobs', env: { A: '1' }, stdin: 'x' }],
    ['email', { to: ['a@b.co', 'c@d.co'], subject: 's', html: '<b>x</b>' }],
    ['custom', { handler: 'processData' }],
  ])('%s %j: accepts it', (type, payload) => {
    expect(payloadFaults(type, payload)).toEqual([]);
  });
});
