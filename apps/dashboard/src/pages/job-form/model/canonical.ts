import type { JobType } from '#client';
import { stable } from './json-text.js';
import type { Payload } from './to-payload.js';

/** A text that two payloads share where they mean the same: keys in order, one in a list as the one, defaults said. */
export function canonical(type: JobType, payload: Payload): string {
  const said: Payload = type === 'http' ? { ...payload, method: methodOf(payload) } : payload;
  const entries = Object.entries(said)
    .filter(([key, value]) => !(OPTIONAL.has(key) && isEmpty(value)))
    .map(([key, value]) => [key, LISTS.has(key) && isListOfOne(value) ? value[0] : value] as const);
  return stable(Object.fromEntries(entries));
}

const OPTIONAL = new Set(['headers', 'args', 'env', 'cc', 'bcc', 'cwd', 'stdin', 'text', 'html']);
const LISTS = new Set(['expectedStatus', 'to', 'cc', 'bcc']);

function methodOf({ method }: Payload): string {
  return typeof method === 'string' ? method.toUpperCase() : 'GET';
}

function isEmpty(value: unknown): boolean {
  return value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

function isListOfOne(value: unknown): value is [unknown] {
  return Array.isArray(value) && value.length === 1;
}
