import { describe, expect, it } from 'vitest';
import { hashRefreshToken, isSameHash, makeRefreshToken, sessionIdOf } from './refresh-token.js';

const SESSION = '01900000-0000-7000-8000-000000000001';

describe('refresh tokens', () => {
  it('name their session and are never the same', () => {
    const one = makeRefreshToken(SESSION);
    const two = makeRefreshToken(SESSION);
    expect(sessionIdOf(one.token)).toBe(SESSION);
    expect(one.token).not.toBe(two.token);
    expect(one.hash).toBe(hashRefreshToken(one.token));
    expect(one.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(isSameHash(one.hash, two.hash)).toBe(false);
  });

  it.each([
    '',
    SESSION,
    `${SESSION}.`,
    `${SESSION}.short`,
    `x.${'a'.repeat(43)}`,
    `${SESSION}.${'a'.repeat(44)}`,
  ])('are told from %s', (text) => {
    expect(sessionIdOf(text)).toBeUndefined();
  });
});
