import { describe, expect, it } from 'vitest';
import { newId } from '#database';
import { apiKeyIdOf, apiKeyPrefix, hashApiKey, isMeantAsApiKey, makeApiKey } from './api-key.js';

describe('an API key', () => {
  it('names its id, and is another one each time', () => {
    const id = newId();
    const { key, hash } = makeApiKey(id);
    expect(apiKeyIdOf(key)).toBe(id.replaceAll('-', ''));
    expect(key.startsWith(`${apiKeyPrefix(id)}_`)).toBe(true);
    expect(hash).toBe(hashApiKey(key));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(makeApiKey(id).key).not.toBe(key);
  });

  it.each(['', 'chr_', `chr_${'a'.repeat(32)}`, `chr_${'g'.repeat(32)}_${'A'.repeat(43)}`])(
    'is not %j',
    (text) => expect(apiKeyIdOf(text)).toBeUndefined(),
  );

  it('is cut short nowhere and has nothing behind it', () => {
    const { key } = makeApiKey(newId());
    for (const other of [key.slice(0, -1), `${key}x`, ` ${key}`, `${key}\n`, key.toUpperCase()]) {
      expect([other, apiKeyIdOf(other)]).toEqual([other, undefined]);
    }
  });

  it('is told from an access token by its beginning', () => {
    expect(isMeantAsApiKey('chr_of-no-form')).toBe(true);
    expect(isMeantAsApiKey('eyJhbGciOiJIUzI1NiJ9.e30.c2ln')).toBe(false);
  });
});
