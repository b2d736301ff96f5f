import type { JsonValue } from '#contracts';

const UTF8 = new TextEncoder();

/** Why a value cannot be kept as a result. */
export class NotSerialisableError extends Error {
  override readonly name = 'NotSerialisableError';
}

/**
 * The value as JSON carries it and as PostgreSQL's `jsonb` takes it: what `JSON.parse(JSON.stringify(value))`
 * gives, without NUL characters (`jsonb` refuses U+0000) and with lone surrogates replaced by U+FFFD
 * (they are no UTF-8). `undefined` becomes `null`. `bytes` is the size of the JSON text in UTF-8.
 *
 * @throws NotSerialisableError where `JSON.stringify` throws or has nothing to say (cycles, bigints, functions).
 */
export function toStorableJson(value: unknown): { value: JsonValue; bytes: number } {
  try {
    const text = stringify(value ?? null);
    const parsed = JSON.parse(text) as JsonValue;
    // JSON.stringify escapes exactly the characters in question, so that most results need no second walk.
    const clean = /\\u(?:0000|d[89a-f])/.test(text) ? cleanValue(parsed) : parsed;
    return { value: clean, bytes: UTF8.encode(text).byteLength };
  } catch (error) {
    // A RangeError where it is nested deeper than the stack reaches, or whatever a `toJSON` throws.
    throw new NotSerialisableError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** A text that `jsonb` and `text` columns take: no NUL, no lone surrogates. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

function stringify(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`a ${typeof value} is not JSON`);
  return text;
}

function cleanValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [storableText(key), cleanValue(member)]),
  );
}
