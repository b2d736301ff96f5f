import { describe, expect, it } from 'vitest';
import { decodeText, KEPT_TEXT_BYTES, keepText } from './kept-text.js';

describe('keepText', () => {
  it('keeps what fits as it is, without what PostgreSQL refuses', () => {
    expect(keepText('grüße 😀')).toEqual({ text: 'grüße 😀', isTruncated: false });
    expect(keepText('a\0b\ud800')).toEqual({ text: 'ab\ufffd', isTruncated: false });
    expect(keepText('x'.repeat(KEPT_TEXT_BYTES))).toMatchObject({ isTruncated: false });
  });

  it('cuts between characters', () => {
    const { text, isTruncated } = keepText(`x${'😀'.repeat(20_000)}`);
    expect(isTruncated).toBe(true);
    expect(text).toBe(`x${'😀'.repeat((KEPT_TEXT_BYTES - 4) / 4)}`);
  });

  it('takes two outputs of control characters into one result', () => {
    const { text, isTruncated } = keepText('\u0001'.repeat(KEPT_TEXT_BYTES));
    expect(isTruncated).toBe(true);
    expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThanOrEqual(96 * 1024);
    expect(Buffer.byteLength(JSON.stringify(text))).toBeGreaterThan(96 * 1024 - 12);
  });
});

it('decodes by the label of an encoding, and as UTF-8 by one that is none', () => {
  expect(decodeText(Buffer.from([0xe9]), 'iso-8859-1')).toBe('é');
  expect(decodeText(Buffer.from('é'), 'no-such-encoding')).toBe('é');
  expect(decodeText(Buffer.from('é'), undefined)).toBe('é');
});
