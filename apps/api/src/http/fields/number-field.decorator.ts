import { type FieldDocs, FieldRule } from './field-rule.js';

interface NumberOptions extends FieldDocs {
  min: number;
  max: number;
  /** What is counted, for the message: `milliseconds`. */
  unit?: string;
}

/** A whole number of a body. Strings of digits are not numbers. */
export function IntField({ min, max, unit, ...docs }: NumberOptions): PropertyDecorator {
  const what = unit ? `a whole number of ${unit}` : 'a whole number';
  return FieldRule(docs, { type: 'integer', minimum: min, maximum: max }, (value) =>
    Number.isSafeInteger(value) && min <= (value as number) && (value as number) <= max
      ? undefined
      : `must be ${what} from ${min} to ${max}`,
  );
}

/** Any number of a body within bounds. */
export function NumberField({ min, max, ...docs }: Omit<NumberOptions, 'unit'>): PropertyDecorator {
  return FieldRule(docs, { type: 'number', minimum: min, maximum: max }, (value) =>
    typeof value === 'number' && min <= value && value <= max
      ? undefined
      : `must be a number from ${min} to ${max}`,
  );
}
