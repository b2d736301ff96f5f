import { type FieldDocs, FieldRule } from './field-rule.js';

/**
 * A list of up to `maxItems` things. What may be in it is for the service to say, which names the faults within
 * (`dates.3.to`); `items` documents it.
 */
export function ListField({
  maxItems,
  items,
  ...docs
}: FieldDocs & { maxItems: number; items: object }): PropertyDecorator {
  return FieldRule(docs, { type: 'array', maxItems, items }, (value) => {
    if (!Array.isArray(value)) return 'must be a list';
    return value.length > maxItems ? `must have at most ${maxItems} items` : undefined;
  });
}
