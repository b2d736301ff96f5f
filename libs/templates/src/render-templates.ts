import type { JsonValue } from '#contracts';
import { ENGINE } from './engine.js';
import { isTemplate, parseTemplate, type TemplateVariable } from './parse-template.js';

/** The value of each variable. */
export type TemplateScope = Record<TemplateVariable, JsonValue>;

export interface Rendered {
  value: JsonValue;
  /** What expressions with secrets in them gave: to be kept out of logs, results and errors. */
  secrets: string[];
}

/** Why a template gave nothing. The message holds no value of any variable. */
export class TemplateRenderError extends Error {
  override readonly name = 'TemplateRenderError';
}

/** All texts of a value together, in characters and milliseconds. */
const MAX_CHARACTERS = 1_048_576;
const MAX_MS = 1_000;

/**
 * The value with each template in its texts replaced by what it gives. Keys, and texts without templates, stay.
 * @throws TemplateSyntaxError, or TemplateRenderError where a variable is missing or a limit is reached
 */
export function renderTemplates(value: JsonValue, scope: TemplateScope): Rendered {
  return new Rendering(scope).of(value);
}

class Rendering {
  readonly #secrets: string[] = [];
  readonly #endsAt = performance.now() + MAX_MS;
  #characters = 0;

  constructor(private readonly scope: TemplateScope) {}

  of(value: JsonValue): Rendered {
    return { value: this.#render(value), secrets: this.#secrets };
  }

  #render(value: JsonValue): JsonValue {
    if (typeof value === 'string') return isTemplate(value) ? this.#text(value) : value;
    if (Array.isArray(value)) return value.map((item) => this.#render(item));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#render(item)]));
  }

  #text(text: string): string {
    let whole = '';
    for (const { template, secrets } of parseTemplate(text)) {
      const piece = renderPiece([template], this.scope);
      this.#characters += piece.length;
      if (this.#characters > MAX_CHARACTERS)
        throw new TemplateRenderError(`The payload's templates give more than ${MAX_CHARACTERS} characters.`);
      if (performance.now() > this.#endsAt)
        throw new TemplateRenderError(`The payload's templates take longer than ${MAX_MS} ms.`);
      if (secrets.length > 0) this.#secrets.push(piece);
      whole += piece;
    }
    return whole;
  }
}

function renderPiece(templates: Parameters<typeof ENGINE.renderSync>[0], scope: TemplateScope): string {
  try {
    return String(ENGINE.renderSync(templates, scope));
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new TemplateRenderError(`A template of the payload failed: ${message}.`, { cause: error });
  }
}
