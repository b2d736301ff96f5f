import { describe, expect, it } from 'vitest';
import { AddressBlockedError, AddressGuard } from './address-guard.js';

const isAllowed = (guard: AddressGuard, address: string) => {
  try {
    guard.assertAllowed(address);
    return true;
  } catch (error) {
    if (error instanceof AddressBlockedError) return false;
    throw error;
  }
};

describe('AddressGuard', () => {
  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '::ffff:8.8.8.8',
    '2606:4700:4700::1111',
    '2a00:1450:4001::8a',
  ])('lets the public address %s through', (address) =>
    expect(isAllowed(new AddressGuard([]), address)).toBe(true),
  );

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'not an address',
  ])('blocks %s', (address) => expect(isAllowed(new AddressGuard([]), address)).toBe(false));

  it('lets through what the operator lists, and no more', () => {
    const guard = new AddressGuard(['10.1.0.0/16', '127.0.0.1', 'fd00::/8']);
    expect(['10.1.2.3', '::ffff:10.1.2.3', '127.0.0.1', 'fd12::1'].map((a) => isAllowed(guard, a))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['10.2.0.1', '127.0.0.2', 'fe80::1', '::1'].map((a) => isAllowed(guard, a))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('names the host, the address and the remedy', () => {
    expect(() => new AddressGuard([]).assertAllowed('::ffff:10.0.0.7', 'db.internal')).toThrow(
      'db.internal (10.0.0.7) is not a public address. If jobs may call it, add its range to OUTBOUND_ALLOWED_CIDRS, e.g. 10.0.0.7/32.',
    );
  });

  it('refuses a list that it cannot read', () => {
    expect(() => new AddressGuard(['10.0.0.0/8', 'intranet'])).toThrow(/OUTBOUND_ALLOWED_CIDRS: "intranet"/);
  });
});
