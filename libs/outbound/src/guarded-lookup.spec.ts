import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { AddressGuard } from './address-guard.js';
import { guardedLookup } from './guarded-lookup.js';

const PUBLIC = { address: '93.184.216.34', family: 4 };
const PRIVATE = { address: '10.0.0.5', family: 4 };

function lookup(addresses: LookupAddress[], all: boolean, fault: Error | null = null) {
  const guarded = guardedLookup(new AddressGuard([]), (_host, _options, callback) =>
    callback(fault, addresses),
  );
  return new Promise((resolve) =>
    guarded('app.example', { all }, (error, address, family) =>
      resolve(error ? error.message : { address, family }),
    ),
  );
}

describe('guardedLookup', () => {
  it('gives a socket the addresses that were checked, in either form it asks for', async () => {
    expect(await lookup([PUBLIC], true)).toEqual({ address: [PUBLIC], family: undefined });
    expect(await lookup([PUBLIC], false)).toEqual({ address: PUBLIC.address, family: 4 });
  });

  it('refuses a name when one of its addresses is blocked', async () => {
    expect(await lookup([PUBLIC, PRIVATE], true)).toContain('app.example (10.0.0.5) is not a public address');
    expect(await lookup([PUBLIC, PRIVATE], false)).toContain(
      'app.example (10.0.0.5) is not a public address',
    );
  });

  it('passes on that a name is not known', async () => {
    expect(await lookup([], true)).toBe('app.example has no address');
    expect(await lookup([], true, new Error('getaddrinfo ENOTFOUND app.example'))).toContain('ENOTFOUND');
  });
});
