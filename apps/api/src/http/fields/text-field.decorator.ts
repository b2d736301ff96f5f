import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { type FieldDocs, FieldRule } from './field-rule.js';

interface TextOptions extends FieldDocs {
  /** Default 0: an empty text is one. */
  min?: number;
  max: number;
  /** `format` in the document; what it demands is for `faultOf` or a further decorator to say. */
  format?: string;
  /** Takes white space off both ends before anything else looks at it. */
  trim?: boolean;
  /** A further rule for texts of a proper length. */
  faultOf?: (text: string) => string | undefined;
}

/**
 * A text of `min` to `max` characters, counted as PostgreSQL counts them: in code points. (class-validator's
 * `MaxLength` leaves variation selectors out, and so takes what a column then refuses.)
 */
export function TextField({
  min = 0,
  max,
  trim = false,
  format,
  faultOf: further,
  ...docs
}: TextOptions): PropertyDecorator {
  const faultOf = (value: unknown) => textFault(value, min, max) ?? further?.(value as string);
  const rule = FieldRule(
    docs,
    { type: 'string', maxLength: max, ...(min > 0 && { minLength: min }), ...(format && { format }) },
    faultOf,
  );
  return trim ? applyDecorators(rule, Transform(trimmed)) : rule;
}

/** A list of up to `maxItems` texts. */
export function TextListField({
  maxItems,
  item,
  ...docs
}: FieldDocs & {
  maxItems: number;
  item: { max: number; faultOf?: (text: string) => string | undefined };
}): PropertyDecorator {
  return FieldRule(
    docs,
    { type: 'array', maxItems, items: { type: 'string', minLength: 1, maxLength: item.max } },
    (value) => {
      if (!Array.isArray(value)) return 'must be a list of strings';
      if (value.length > maxItems) return `must have at most ${maxItems} items`;
      for (const text of value as unknown[]) {
        const fault = textFault(text, 1, item.max) ?? item.faultOf?.(text as string);
        if (fault) return `holds ${shown(text)}, which ${fault}`;
      }
      return undefined;
    },
  );
}

export function textFault(value: unknown, min: number, max: number): string | undefined {
  if (typeof value !== 'string') return 'must be a string';
  // A code point is at most two units: what is short enough in units need not be counted.
  if (value.length > max && Array.from(value).length > max) return `must have at most ${max} characters`;
  if (value.length >= min) return undefined;
  return min === 1 ? 'must not be empty' : `must have at least ${min} characters`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'a value';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function trimmed({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.trim() : value;
}
