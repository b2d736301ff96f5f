import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An address that outbound calls may not reach. No retry mends it; the message names address and remedy. */
export class AddressBlockedError extends Error {
  override readonly name = 'AddressBlockedError';
  readonly code = 'ADDRESS_BLOCKED';

  constructor(host: string, address: string) {
    const target = host === address ? address : `${host} (${address})`;
    const range = `${address}/${address.includes(':') ? 128 : 32}`;
    super(
      `${target} is not a public address. If jobs may call it, add its range to OUTBOUND_ALLOWED_CIDRS, e.g. ${range}.`,
    );
  }
}

/** What IANA has assigned as global unicast. Nothing outside, such as `::127.0.0.1`, is routed publicly. */
const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Says which addresses outbound calls may reach: public unicast, and what the operator lists. IPv4-mapped IPv6
 * (`::ffff:10.0.0.1`) counts as the IPv4 address it is; special ranges are those of the IANA registries as
 * `ipaddr.js` knows them (private, loopback, link-local with the metadata services of clouds, CGNAT, multicast,
 * NAT64, 6to4, Teredo, documentation, reserved).
 *
 * @throws Error naming the entry when `allowedCidrs` holds something that is neither address nor range.
 */
export class AddressGuard {
  private readonly allowed: [Address, number][];

  constructor(allowedCidrs: readonly string[]) {
    this.allowed = allowedCidrs.map(parseRange);
  }

  /** @throws AddressBlockedError unless `address`, an IP literal that `host` stands for, may be called. */
  assertAllowed(address: string, host = address): void {
    if (!ipaddr.isValid(address)) throw new AddressBlockedError(host, address);
    const parsed = ipaddr.process(address);
    if (isPublic(parsed) || this.isListed(parsed)) return;
    throw new AddressBlockedError(host === address ? parsed.toString() : host, parsed.toString());
  }

  private isListed(address: Address): boolean {
    return this.allowed.some(
      ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
    );
  }
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || address.match(...GLOBAL_UNICAST_V6);
}

function parseRange(entry: string): [Address, number] {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  if (ipaddr.isValid(entry)) {
    const address = ipaddr.process(entry);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  }
  throw new Error(`OUTBOUND_ALLOWED_CIDRS: "${entry}" is no address range, e.g. 10.0.0.0/8 or fd00::/8.`);
}
