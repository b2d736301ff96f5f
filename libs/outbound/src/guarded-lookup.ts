import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AddressGuard } from './address-guard.js';

type Resolve = (
  host: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A `lookup` for sockets that lets a name through only when every address it stands for may be called. The
 * socket then connects to one of exactly these addresses, so that a second answer of the name server cannot
 * point elsewhere (DNS rebinding). Sockets do not ask it about IP literals: the caller checks those.
 */
export function guardedLookup(guard: AddressGuard, resolve: Resolve = systemLookup): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const refused = error ?? refusal(guard, host, addresses);
      if (refused) callback(refused, '');
      else if (options.all) callback(null, addresses);
      else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
    });
  };
}

function refusal(guard: AddressGuard, host: string, addresses: LookupAddress[]): Error | undefined {
  if (addresses.length === 0)
    return Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' });
  try {
    for (const { address } of addresses) guard.assertAllowed(address, host);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
