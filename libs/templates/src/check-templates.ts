import type { FieldFault, JsonValue } from '#contracts';
import { isTemplate, parseTemplate, TemplateSyntaxError } from './parse-template.js';

/** A secret or a parent that a field names. */
export interface NameUse {
  field: string;
  name: string;
}

/** What the templates of a value use, and what is wrong with them. */
export interface TemplateCheck {
  faults: FieldFault[];
  secrets: NameUse[];
  parents: NameUse[];
}

/** Is there a template anywhere in it? What it will be is known only when it runs. */
export function isTemplated(value: unknown): boolean {
  if (typeof value === 'string') return isTemplate(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(isTemplated);
}

/** Checks every text in a value; keys are taken as they stand. `field` is the path of the value. */
export function checkTemplates(value: JsonValue, field: string): TemplateCheck {
  const check: TemplateCheck = { faults: [], secrets: [], parents: [] };
  visit(value, field, check);
  return check;
}

/** The names that a value uses, each once. */
export function namesIn(value: JsonValue): { secrets: string[]; parents: string[] } {
  const { secrets, parents } = checkTemplates(value, '');
  return { secrets: distinct(secrets), parents: distinct(parents) };
}

function distinct(uses: NameUse[]): string[] {
  return [...new Set(uses.map(({ name }) => name))];
}

function visit(value: JsonValue, field: string, check: TemplateCheck): void {
  if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) visit(item, `${field}.${key}`, check);
    return;
  }
  if (typeof value !== 'string' || !isTemplate(value)) return;
  try {
    for (const { secrets, parents } of parseTemplate(value)) {
      check.secrets.push(...secrets.map((name) => ({ field, name })));
      check.parents.push(...parents.map((name) => ({ field, name })));
    }
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    check.faults.push({ field, message: error.message });
  }
}
