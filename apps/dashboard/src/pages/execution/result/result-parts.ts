import type { JobType } from '#client';
import { parseExactly } from '../../../components/exact-json.js';

/** A part of a result, as it is best read. */
export type ResultPart =
  | { kind: 'facts'; facts: [label: string, value: string][] }
  | { kind: 'table'; title: string; rows: [name: string, value: string][] }
  | { kind: 'text'; title: string; text: string; isTruncated: boolean }
  /** JSON as it came, so that its numbers keep every digit. */
  | { kind: 'json-text'; title: string; text: string; isTruncated: boolean }
  | { kind: 'json'; title: string; value: unknown };

type Fields = Record<string, unknown>;

/** The parts of what a job returned. What is not as its type returns it is shown as the JSON it is. */
export function resultParts(type: JobType, result: unknown): ResultPart[] {
  const parts = isFields(result) ? partsByType(type, result) : undefined;
  return parts ?? [{ kind: 'json', title: 'Result', value: result }];
}

function partsByType(type: JobType, result: Fields): ResultPart[] | undefined {
  switch (type) {
    case 'http':
    case 'webhook':
      return typeof result['statusCode'] === 'number' ? httpParts(result) : undefined;
    case 'script':
      return 'stdout' in result ? scriptParts(result) : undefined;
    case 'email':
      return 'messageId' in result ? emailParts(result) : undefined;
    case 'custom':
      return undefined;
  }
}

function httpParts({
  statusCode,
  headers,
  body,
  bodyTruncated,
  durationMs,
  webhookId,
}: Fields): ResultPart[] {
  return [
    {
      kind: 'facts',
      facts: known([
        ['Status', statusCode],
        ['Took', durationMs === undefined ? undefined : `${textOf(durationMs)} ms`],
        ['Webhook id', webhookId],
      ]),
    },
    bodyPart(body, bodyTruncated === true),
    ...(isFields(headers)
      ? [{ kind: 'table' as const, title: 'Headers', rows: Object.entries(headers).map(asRow) }]
      : []),
  ];
}

function bodyPart(body: unknown, isTruncated: boolean): ResultPart {
  if (typeof body !== 'string') return { kind: 'json', title: 'Body', value: body };
  const isJson = !isTruncated && /^\s*[[{]/.test(body) && canParse(body);
  return { kind: isJson ? 'json-text' : 'text', title: 'Body', text: body, isTruncated };
}

function scriptParts({ exitCode, signal, stdout, stderr, ...rest }: Fields): ResultPart[] {
  return [
    {
      kind: 'facts',
      facts: known([
        ['Exit code', exitCode],
        ['Ended by', signal],
      ]),
    },
    output('Standard output', stdout, rest['stdoutTruncated']),
    output('Standard error', stderr, rest['stderrTruncated']),
  ];
}

function output(title: string, text: unknown, isTruncated: unknown): ResultPart {
  return {
    kind: 'text',
    title,
    text: typeof text === 'string' ? text : '',
    isTruncated: isTruncated === true,
  };
}

function emailParts({ messageId, accepted, rejected }: Fields): ResultPart[] {
  return [
    {
      kind: 'facts',
      facts: known([
        ['Message id', messageId],
        ['Accepted for', listed(accepted)],
        ['Refused for', listed(rejected)],
      ]),
    },
  ];
}

function listed(value: unknown): string | undefined {
  return Array.isArray(value) && value.length > 0 ? value.map(textOf).join(', ') : undefined;
}

function asRow([name, value]: [string, unknown]): [string, string] {
  return [name, Array.isArray(value) ? value.map(textOf).join(', ') : textOf(value)];
}

function known(facts: [string, unknown][]): [string, string][] {
  return facts
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([label, value]) => [label, textOf(value)]);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function canParse(text: string): boolean {
  try {
    parseExactly(text);
    return true;
  } catch {
    // Looks like JSON and is not: text, then.
    return false;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
