import { type JsonValue, storableText } from '#contracts';

/** A secret shorter than this would black out ordinary words. */
const MIN_SECRET_LENGTH = 4;
/** One line of a secret of several, which logs take line by line. */
const MIN_LINE_LENGTH = 8;
const REDACTED = '[redacted]';

/** Blacks secrets out of what is kept of a run. */
export class Redactor {
  readonly #hidden: string[];

  /** @param secrets of 4 characters and more; shorter ones are left alone */
  constructor(secrets: readonly string[]) {
    const forms = secrets.filter((secret) => secret.length >= MIN_SECRET_LENGTH).flatMap(formsOf);
    // The longest first: what holds another one would else be left in part.
    this.#hidden = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
  }

  text(text: string): string {
    return this.#hidden.reduce((result, secret) => result.replaceAll(secret, REDACTED), text);
  }

  json<Value extends JsonValue>(value: Value): Value;
  json(value: JsonValue): JsonValue {
    if (this.#hidden.length === 0) return value;
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.json(item));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [this.text(key), this.json(item)]));
  }
}

/** As it is, and as it comes back in URLs, in JSON, and line by line. */
function formsOf(secret: string): string[] {
  const lines = secret.includes('\n') ? secret.split(/\r?\n/) : [];
  return [
    secret,
    // Lone surrogates have no form in a URL.
    encodeURIComponent(storableText(secret)),
    JSON.stringify(secret).slice(1, -1),
    ...lines.filter((line) => line.length >= MIN_LINE_LENGTH),
  ];
}
