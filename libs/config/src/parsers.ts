import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** Parsers of one environment variable each. A fault's message completes "must be ...". */

const DURATION_UNITS_MS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Longest duration accepted: 10 years. Beyond it is a slip of the unit. */
const MAX_DURATION_MS = 3650 * 86_400_000;

/** A parser whose one fault is `expected`; `read` answers `undefined` for what it cannot take. */
export function parsed<T>(expected: string, read: (text: string) => T | undefined): z.ZodType<T, string> {
  return z.string().transform((text, context) => {
    const value = read(text);
    if (value === undefined) {
      context.addIssue({ code: 'custom', message: expected });
      return z.NEVER;
    }
    return value;
  });
}

export const text = (): z.ZodType<string, string> => z.string();

export function oneOf<const T extends string>(words: readonly T[]): z.ZodType<T, string> {
  return parsed(`one of ${words.join(', ')}`, (value) => words.find((word) => word === value.trim()));
}

export function integer(min: number, max: number, unit = ''): z.ZodType<number, string> {
  const suffix = unit === '' ? '' : ` of ${unit}`;
  return parsed(`a whole number${suffix} from ${min} to ${max}`, (value) => {
    if (!/^\s*-?\d+\s*$/.test(value)) return undefined;
    const number = Number(value);
    return number >= min && number <= max ? number : undefined;
  });
}

/** Kubernetes injects `REDIS_PORT=tcp://10.0.0.7:6379` for a Service called `redis`; say so when it happens. */
export function port(): z.ZodType<number, string> {
  const number = integer(1, 65_535);
  return z.string().transform((value, context) => {
    const result = number.safeParse(value);
    if (result.success) return result.data;
    const injected = value.startsWith('tcp://');
    context.addIssue({
      code: 'custom',
      message: injected
        ? 'a port number from 1 to 65535 (this looks injected by Kubernetes: set enableServiceLinks: false on the pod)'
        : 'a port number from 1 to 65535',
    });
    return z.NEVER;
  });
}

export function flag(): z.ZodType<boolean, string> {
  return parsed('true or false', (value) => {
    const word = value.trim().toLowerCase();
    if (['true', '1', 'yes', 'on'].includes(word)) return true;
    return ['false', '0', 'no', 'off'].includes(word) ? false : undefined;
  });
}

/** Reads to milliseconds. A bare number is refused: libraries disagree whether it means seconds or milliseconds. */
export function duration(): z.ZodType<number, string> {
  return parsed('a duration with its unit (ms, s, m, h, d or w) such as 15m or 7d', (value) => {
    const match = /^\s*(\d+)\s*(ms|s|m|h|d|w)\s*$/.exec(value);
    if (!match) return undefined;
    const ms = Number(match[1]) * (DURATION_UNITS_MS[match[2] ?? ''] ?? Number.NaN);
    return ms > 0 && ms <= MAX_DURATION_MS ? ms : undefined;
  });
}

export function listOf<T>(item: z.ZodType<T, string>): z.ZodType<T[], string> {
  return z.string().transform((value, context) => {
    const items: T[] = [];
    for (const word of splitList(value)) {
      const result = item.safeParse(word);
      if (result.success) items.push(result.data);
      else {
        const expected = result.error.issues.map((issue) => issue.message).join('; ');
        context.addIssue({ code: 'custom', message: `a comma-separated list, each item ${expected}` });
        return z.NEVER;
      }
    }
    return items;
  });
}

/** A list of the given words, or `all` of them. */
export function subsetOf<const T extends string>(words: readonly T[]): z.ZodType<T[], string> {
  const list = listOf(oneOf(words));
  return z.string().transform((value, context) => {
    if (value.trim() === 'all') return [...words];
    const result = list.safeParse(value);
    if (result.success && result.data.length > 0) return [...new Set(result.data)];
    context.addIssue({ code: 'custom', message: `all, or a comma-separated list of ${words.join(', ')}` });
    return z.NEVER;
  });
}

/** An address range in CIDR notation; a single address stands for itself. */
export function cidr(): z.ZodType<string, string> {
  return parsed('an address range such as 10.0.0.0/8 or ::1/128', (value) => {
    if (ipaddr.isValidCIDR(value)) return value;
    if (!ipaddr.isValid(value)) return undefined;
    return `${value}/${ipaddr.parse(value).kind() === 'ipv6' ? 128 : 32}`;
  });
}

export function origin(): z.ZodType<string, string> {
  return parsed('an origin such as https://app.example.com, without a path', (value) => {
    const url = tryUrl(value);
    if (!url || !/^https?:$/.test(url.protocol)) return undefined;
    return url.origin === value.replace(/\/$/, '') ? url.origin : undefined;
  });
}

export function url(...schemes: string[]): z.ZodType<string, string> {
  const expected = `a URL beginning with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`;
  return parsed(expected, (value) => {
    const read = tryUrl(value.trim());
    return read && schemes.includes(read.protocol.slice(0, -1)) ? value.trim() : undefined;
  });
}

export function host(): z.ZodType<string, string> {
  return parsed('a host name or address, without scheme or port', (value) => {
    const name = value.trim();
    return /^[A-Za-z0-9._-]+$/.test(name) || ipaddr.isValid(name) ? name : undefined;
  });
}

/** Resolved against the working directory. */
export function path(): z.ZodType<string, string> {
  return z.string().transform((value) => resolve(value));
}

/** `off`, or a path. */
export function optionalPath(): z.ZodType<string | undefined, string> {
  return z.string().transform((value) => (value.trim() === 'off' ? undefined : resolve(value)));
}

export function email(): z.ZodType<string, string> {
  return parsed('an e-mail address', (value) =>
    /^[^\s@]+@[^\s@]+$/.test(value.trim()) ? value.trim() : undefined,
  );
}

/** The rule of API.md for every password; bcrypt reads no more than 72 bytes. */
export function password(): z.ZodType<string, string> {
  return parsed('8 to 72 bytes with a lower-case letter, an upper-case letter and a digit', (value) => {
    const bytes = Buffer.byteLength(value);
    const isStrong = /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value);
    return bytes >= 8 && bytes <= 72 && isStrong ? value : undefined;
  });
}

/** RFC 7518, 3.2: an HS256 key has at least 256 bits. */
export function signingSecret(): z.ZodType<string, string> {
  return parsed('at least 32 characters', (value) => (value.trim().length >= 32 ? value.trim() : undefined));
}

/** AES-256 keys with commas between them: the one in use, then those before it. */
export function encryptionKeys(): z.ZodType<[Buffer, ...Buffer[]], string> {
  const what = '32 bytes, as 64 hexadecimal digits or as base64; several with commas between them';
  return parsed(what, (value) => {
    const [first, ...others] = value.split(',').map(encryptionKey);
    const older = others.filter((key) => key !== undefined);
    return first && older.length === others.length ? [first, ...older] : undefined;
  });
}

function encryptionKey(text: string): Buffer | undefined {
  const key = text.trim();
  if (/^[0-9a-fA-F]{64}$/.test(key)) return Buffer.from(key, 'hex');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(key)) return undefined;
  const bytes = Buffer.from(key, 'base64');
  return bytes.length === 32 ? bytes : undefined;
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function tryUrl(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}
