import { describe, expect, it } from 'vitest';
import { assertMayScrape } from './metrics-access.js';

const TOKEN = 'a-token-of-some-length';

describe('who may scrape', () => {
  const scrape =
    (
      token: string | undefined,
      request: { authorization?: string; address?: string; isForwarded?: boolean },
    ) =>
    () =>
      assertMayScrape(token, {
        authorization: undefined,
        address: '203.0.113.7',
        isForwarded: false,
        ...request,
      });

  it('is whoever has the token, from anywhere', () => {
    expect(scrape(TOKEN, { authorization: `Bearer ${TOKEN}` })).not.toThrow();
    expect(scrape(TOKEN, { authorization: `bearer ${TOKEN}`, isForwarded: true })).not.toThrow();
  });

  it.each([undefined, 'Bearer ', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, TOKEN])(
    'is not whoever sends %j, also from a private network',
    (authorization) => {
      expect(scrape(TOKEN, { authorization, address: '127.0.0.1' })).toThrow(
        expect.objectContaining({ code: 'UNAUTHENTICATED' }) as Error,
      );
    },
  );

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.9',
    '192.168.1.1',
    '100.64.3.4',
    '::1',
    'fd00::1',
    '::ffff:10.0.0.1',
  ])('is the private address %s where there is no token', (address) => {
    expect(scrape(undefined, { address })).not.toThrow();
  });

  it.each([
    '203.0.113.7',
    '8.8.8.8',
    '172.32.0.1',
    '2001:4860:4860::8888',
    '::ffff:8.8.8.8',
    '',
    'localhost',
  ])('is not %j', (address) => {
    expect(scrape(undefined, { address })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }) as Error);
  });

  it('is nobody behind a proxy that is not known', () => {
    expect(scrape(undefined, { address: '10.1.2.3', isForwarded: true })).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }) as Error,
    );
  });
});
