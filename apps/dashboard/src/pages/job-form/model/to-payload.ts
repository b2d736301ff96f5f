import type { FieldFaultDto, JobType } from '#client';
import type { JsonValue } from '#contracts';
import type { HttpFields, Pair, PayloadValues } from './form-values.js';

export type Payload = Record<string, unknown>;

/**
 * The payload that the fields say; what cannot be read is left out and told of in `faults`.
 */
export function toPayload(values: PayloadValues, faults: FieldFaultDto[]): Payload {
  if (values.isRaw) return parseObject(values.raw, faults);
  return withoutGaps(TO[values.type](values, faults));
}

const TO: Record<JobType, (values: PayloadValues, faults: FieldFaultDto[]) => Payload> = {
  http: ({ http }, faults) => ({
    method: http.method,
    url: http.url.trim(),
    headers: recordOf(http.headers, 'payload.headers', faults),
    body: bodyOf(http, faults),
    expectedStatus: statusesOf(http.expectedStatus),
    timeout: http.timeout ?? undefined,
  }),
  webhook: ({ webhook }, faults) => ({
    url: webhook.url.trim(),
    data: parse(webhook.data, 'payload.data', faults),
    secret: webhook.secret,
    headers: recordOf(webhook.headers, 'payload.headers', faults),
    timeout: webhook.timeout ?? undefined,
  }),
  script: ({ script }, faults) => ({
    command: script.command,
    args: script.args === '' ? undefined : script.args.split('\n'),
    cwd: script.cwd === '' ? undefined : script.cwd,
    env: recordOf(script.env, 'payload.env', faults),
    stdin: script.stdin === '' ? undefined : script.stdin,
    timeout: script.timeout ?? undefined,
  }),
  email: ({ email }) => ({
    to: oneOrMany(email.to) ?? '',
    cc: oneOrMany(email.cc),
    bcc: oneOrMany(email.bcc),
    subject: email.subject,
    text: email.text === '' ? undefined : email.text,
    html: email.html === '' ? undefined : email.html,
  }),
  custom: ({ custom }, faults) => ({
    handler: custom.handler.trim(),
    data: custom.data.trim() === '' ? undefined : parse(custom.data, 'payload.data', faults),
  }),
};

function parseObject(text: string, faults: FieldFaultDto[]): Payload {
  const value = parse(text, 'payload', faults);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  if (value !== undefined) faults.push({ field: 'payload', message: 'must be an object: { ... }' });
  return {};
}

function parse(text: string, field: string, faults: FieldFaultDto[]): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    const reason = error instanceof Error ? `: ${error.message}` : '';
    faults.push({ field, message: text.trim() === '' ? 'is missing: give JSON' : `is not JSON${reason}` });
    return undefined;
  }
}

function bodyOf({ bodyKind, body }: HttpFields, faults: FieldFaultDto[]): JsonValue | undefined {
  if (bodyKind === 'none') return undefined;
  return bodyKind === 'text' ? body : parse(body, 'payload.body', faults);
}

/** Rows of which neither side is filled in are not meant. */
function recordOf(pairs: Pair[], field: string, faults: FieldFaultDto[]): Record<string, string> | undefined {
  const meant = pairs.filter(({ name, value }) => name.trim() !== '' || value !== '');
  if (meant.length === 0) return undefined;
  const names = meant.map(({ name }) => name.trim());
  for (const name of new Set(names.filter((one, index) => names.indexOf(one) !== index))) {
    faults.push({ field: `${field}.${name}`, message: 'is given twice' });
  }
  if (names.includes('')) faults.push({ field: `${field}.`, message: 'needs a name' });
  return Object.fromEntries(meant.map(({ value }, index) => [names[index] ?? '', value]));
}

/** What is no number is left to the server to name. */
function statusesOf(texts: string[]): unknown {
  return oneOrMany(texts.map((text) => (/^\d+$/.test(text) ? Number(text) : text)));
}

function oneOrMany<Item>(items: Item[]): Item | Item[] | undefined {
  return items.length > 1 ? items : items[0];
}

function withoutGaps(payload: Payload): Payload {
  return Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
}
