import { z } from 'zod';

/** Longest time one attempt may take: 24 h. */
export const MAX_TIMEOUT_MS = 86_400_000;

export const timeoutMs = z
  .number({ error: 'must be a number of milliseconds' })
  .int('must be a whole number of milliseconds')
  .min(100, 'must be at least 100 ms')
  .max(MAX_TIMEOUT_MS, 'must be at most 86400000 ms (24 h)');

/** An absolute http or https URL without credentials. Which addresses it may reach is checked when it is called. */
export const httpUrl = z
  .string({ error: 'must be a URL, e.g. "https://api.example.com/hook"' })
  .max(2048, 'must be at most 2048 characters')
  .superRefine((value, context) => {
    const fault = urlFault(value);
    if (fault) context.addIssue({ code: 'custom', message: fault });
  });

function urlFault(value: string): string | undefined {
  if (!URL.canParse(value)) return 'must be an absolute URL, e.g. "https://api.example.com/hook"';
  const url = new URL(value);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'must start with http:// or https://';
  if (url.username || url.password) {
    return 'must not hold a user name or password; send them in the "authorization" header';
  }
  return undefined;
}

/** Headers that frame the message or belong to the connection: a request that sets them is refused or broken. */
const FRAMING_HEADERS = new Set([
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
]);

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, 'is not a valid header name')
  .refine((name) => !FRAMING_HEADERS.has(name.toLowerCase()), 'is set by Chronos and cannot be given');

export const headers = z.record(
  headerName,
  z
    .string({ error: 'must be a string' })
    .max(8192, 'must be at most 8192 characters')
    .regex(
      /^[\t\x20-\x7e\x80-\xff]*$/,
      'must hold no line breaks and only Latin-1 characters (percent-encode the others)',
    ),
);
