import { createHash, timingSafeEqual } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { ChronosError } from '#contracts';

/** Ranges no packet from the internet comes from; cluster networks use carrier-grade NAT's as well. */
const PRIVATE_RANGES = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat']);

export interface ScrapeRequest {
  authorization: string | undefined;
  /** Where it comes from, after proxies that are trusted. */
  address: string;
  /** Did a proxy pass it on that is not trusted, so that `address` is the proxy's? */
  isForwarded: boolean;
}

/**
 * Who may scrape `/metrics`: with `METRICS_TOKEN`, whoever sends it as a bearer token; without, private networks
 * only. A request that a proxy we do not know passed on may come from anywhere, and is refused.
 * @throws ChronosError UNAUTHENTICATED or FORBIDDEN
 */
export function assertMayScrape(token: string | undefined, request: ScrapeRequest): void {
  if (token !== undefined) {
    const sent = /^Bearer (.+)$/i.exec(request.authorization ?? '')?.[1];
    if (sent !== undefined && isSame(sent, token)) return;
    throw new ChronosError('UNAUTHENTICATED', 'Send METRICS_TOKEN as "Authorization: Bearer <token>".');
  }
  if (!request.isForwarded && isPrivate(request.address)) return;
  throw new ChronosError(
    'FORBIDDEN',
    'Metrics are for private networks. Set METRICS_TOKEN to scrape them from elsewhere or through a proxy.',
  );
}

/** In constant time, whatever the lengths. */
function isSame(sent: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(sent), digest(expected));
}

function isPrivate(address: string): boolean {
  return ipaddr.isValid(address) && PRIVATE_RANGES.has(ipaddr.process(address).range());
}
