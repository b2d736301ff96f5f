import { Validator } from '@cfworker/json-schema';

/** Say only that something within them is wrong, which is told of by itself. */
const OUTER = new Set(['properties', 'additionalProperties', 'items', 'prefixItems', '$ref', 'allOf']);

/**
 * What of JSON a schema does not allow, in sentences. Nothing where the text is no JSON, which the editor says, or holds
 * templates, which are filled in later. The validator interprets the schema: the page's policy lets no code be made of it.
 */
export function faultsInData(schema: Record<string, unknown>, text: string): string[] {
  if (/\{[{%]/.test(text)) return [];
  if (text.trim() === '') return schema['required'] === undefined ? [] : ['Data are needed.'];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const { errors } = new Validator(schema, '2020-12', false).validate(value);
  const sentences = errors
    .filter(({ keyword, instanceLocation }) => !OUTER.has(keyword) || !isCause(instanceLocation, errors))
    .map(({ instanceLocation, error }) => `${placeOf(instanceLocation)}${error}`);
  return [...new Set(sentences)];
}

/** Is there a fault further in? */
function isCause(place: string, errors: { instanceLocation: string }[]): boolean {
  return errors.some(({ instanceLocation }) => instanceLocation.startsWith(`${place}/`));
}

/** `#/lines/0/price` as `lines.0.price: `; the whole has no name. */
function placeOf(location: string): string {
  const path = location.replace(/^#\/?/, '').replaceAll('/', '.');
  return path === '' ? '' : `${path}: `;
}
