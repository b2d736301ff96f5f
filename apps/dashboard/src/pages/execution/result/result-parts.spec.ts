import { expect, it } from 'vitest';
import { resultParts } from './result-parts.js';

const titles = (parts: ReturnType<typeof resultParts>) =>
  parts.map((part) => (part.kind === 'facts' ? part.facts.flat().join(' ') : `${part.kind} ${part.title}`));

it.each([
  [
    'http',
    { statusCode: 200, headers: { a: '1' }, body: '{"a":1}', bodyTruncated: false, durationMs: 7 },
    ['Status 200 Took 7 ms', 'json-text Body', 'table Headers'],
  ],
  [
    'http',
    { statusCode: 503, headers: {}, body: '<h1>Down</h1>', bodyTruncated: false },
    ['Status 503', 'text Body', 'table Headers'],
  ],
  // Half of a JSON text is none.
  [
    'webhook',
    { statusCode: 200, body: '{"a":', bodyTruncated: true, webhookId: 'w' },
    ['Status 200 Webhook id w', 'text Body'],
  ],
  ['http', { statusCode: 200, body: '[broken', bodyTruncated: false }, ['Status 200', 'text Body']],
  [
    'script',
    { exitCode: null, signal: 'SIGKILL', stdout: 'x', stderr: '' },
    ['Ended by SIGKILL', 'text Standard output', 'text Standard error'],
  ],
  ['email', { messageId: 'm', accepted: ['a@b.c'], rejected: [] }, ['Message id m Accepted for a@b.c']],
  ['custom', { anything: 1 }, ['json Result']],
  ['script', [1, 2], ['json Result']],
  ['custom', null, ['json Result']],
] as const)('the result of a job of type %s is shown in its parts: %j', (type, result, parts) => {
  expect(titles(resultParts(type, result))).toEqual(parts);
});

it('what was cut off says so', () => {
  const parts = resultParts('script', { exitCode: 0, stdout: 'x', stdoutTruncated: true, stderr: '' });
  expect(parts).toMatchObject([{}, { isTruncated: true }, { isTruncated: false }]);
});
