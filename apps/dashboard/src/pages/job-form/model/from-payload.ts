import type { FieldFaultDto, JobType } from '#client';
import { canonical } from './canonical.js';
import type {
  CustomFields,
  EmailFields,
  HttpFields,
  Pair,
  PayloadValues,
  ScriptFields,
  WebhookFields,
} from './form-values.js';
import { print } from './json-text.js';
import { type Payload, toPayload } from './to-payload.js';

/** The fields that say the payload; undefined where they cannot. What each of them shows is checked by saying it again. */
export function fromPayload(type: JobType, payload: Payload): Partial<PayloadValues> | undefined {
  const fields = { type, isRaw: false, [type]: FROM[type](payload) } as unknown as PayloadValues;
  const faults: FieldFaultDto[] = [];
  const again = toPayload(fields, faults);
  return faults.length === 0 && canonical(type, again) === canonical(type, payload) ? fields : undefined;
}

const FROM = {
  http: (payload: Payload): HttpFields => ({
    method: textOf(payload['method'], 'GET').toUpperCase(),
    url: textOf(payload['url']),
    headers: pairsOf(payload['headers']),
    bodyKind: payload['body'] === undefined ? 'none' : typeof payload['body'] === 'string' ? 'text' : 'json',
    body:
      payload['body'] === undefined
        ? ''
        : typeof payload['body'] === 'string'
          ? payload['body']
          : print(payload['body']),
    expectedStatus: listOf(payload['expectedStatus']).map(String),
    timeout: numberOf(payload['timeout']),
  }),
  webhook: (payload: Payload): WebhookFields => ({
    url: textOf(payload['url']),
    data: payload['data'] === undefined ? '' : print(payload['data']),
    secret: textOf(payload['secret']),
    headers: pairsOf(payload['headers']),
    timeout: numberOf(payload['timeout']),
  }),
  script: (payload: Payload): ScriptFields => ({
    command: textOf(payload['command']),
    args: listOf(payload['args']).join('\n'),
    cwd: textOf(payload['cwd']),
    env: pairsOf(payload['env']),
    stdin: textOf(payload['stdin']),
    timeout: numberOf(payload['timeout']),
  }),
  email: (payload: Payload): EmailFields => ({
    to: listOf(payload['to']).map(String),
    cc: listOf(payload['cc']).map(String),
    bcc: listOf(payload['bcc']).map(String),
    subject: textOf(payload['subject']),
    text: textOf(payload['text']),
    html: textOf(payload['html']),
  }),
  custom: (payload: Payload): CustomFields => ({
    handler: textOf(payload['handler']),
    data: payload['data'] === undefined ? '' : print(payload['data']),
  }),
} satisfies Record<JobType, (payload: Payload) => unknown>;

function textOf(value: unknown, fallback = ''): string {
  return typeof value === 'string' ? value : fallback;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function pairsOf(value: unknown): Pair[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, one]) => ({ name, value: String(one) }));
}
