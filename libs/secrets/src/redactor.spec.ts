import { describe, expect, it } from 'vitest';
import { Redactor } from './redactor.js';

describe('Redactor', () => {
  it('blacks a secret out, plain, in URLs, in JSON, in keys, and the longer one first', () => {
    const redactor = new Redactor(['p"ss word', 'Bearer p"ss word']);
    expect(
      redactor.json({
        a: ['x p"ss word y', 'u?k=p%22ss%20word', '{"k":"p\\"ss word"}', 1, null],
        'p"ss word': 'Bearer p"ss word',
      }),
    ).toEqual({
      a: ['x [redacted] y', 'u?k=[redacted]', '{"k":"[redacted]"}', 1, null],
      '[redacted]': '[redacted]',
    });
  });

  it('knows the lines of a secret of several', () => {
    const redactor = new Redactor(['-----BEGIN KEY-----\nMIIEvQIBADAN\nab==\n-----END KEY-----']);
    expect(redactor.text('got MIIEvQIBADAN, ab==')).toBe('got [redacted], ab==');
  });

  it('leaves what is too short to be told from ordinary words', () => {
    expect(new Redactor(['abc', '']).text('abcdef')).toBe('abcdef');
  });
});
