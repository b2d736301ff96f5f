import type { FieldFault, JsonValue } from '#contracts';
import { isTemplate, parseTemplate, TemplateSyntaxError } from './parse-template.js';

/** A secret that a field names. */
export interface SecretUse {
  field: string;
  name: string;
}

/** What the templates of a value use, and what is wrong with them. */
export interface TemplateCheck {
  faults: FieldFault[];
  secrets: SecretUse[];
}

/** Is there a template anywhere in it? What it will be is known only when it runs. */
export function isTemplated(value: unknown): boolean {
  if (typeof value === 'string') return isTemplate(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(isTemplated);
}

/** Checks every text in a value; keys are taken as they stand. `field` is the path of the value. */
export function checkTemplates(value: JsonValue, field: string): TemplateCheck {
  const check: TemplateCheck = { faults: [], secrets: [] };
  visit(value, field, check);
  return check;
}

/** The names of the secrets that a value uses, each once. */
export function secretNamesIn(value: JsonValue): string[] {
  return [...new Set(checkTemplates(value, '').secrets.map(({ name }) => name))];
}

function visit(value: JsonValue, field: string, check: TemplateCheck): void {
  if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) visit(item, `${field}.${key}`, check);
    return;
  }
  if (typeof value !== 'string' || !isTemplate(value)) return;
  try {
    for (const { secrets } of parseTemplate(value))
      check.secrets.push(...secrets.map((name) => ({ field, name })));
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    check.faults.push({ field, message: error.message });
  }
}
