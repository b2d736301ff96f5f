import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { type FieldDocs, FieldRule } from './field-rule.js';
import { parseDate, parseInstant } from './instant.js';

/** A moment in a body; the handler receives a `Date`. */
export function InstantField(docs: FieldDocs = {}): PropertyDecorator {
  return applyDecorators(
    FieldRule(docs, { type: 'string', format: 'date-time' }, (value) =>
      value instanceof Date
        ? undefined
        : 'must be an ISO 8601 time with its offset from UTC, e.g. "2030-01-31T09:00:00Z" or "2030-01-31T09:00:00+02:00"',
    ),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? (parseInstant(value) ?? value) : value,
    ),
  );
}

/**
 * A moment in a query: as in a body, or a date alone, which stands for its `first` or `last` millisecond in UTC.
 * A `+` that nobody encoded arrives as a space and is taken for what was meant.
 */
export function QueryInstantField(end: 'first' | 'last', docs: FieldDocs = {}): PropertyDecorator {
  const parse = (text: string) =>
    parseInstant(text.replace(/ (?=\d{2}:?\d{2}$)/, '+')) ?? parseDate(text, end);
  return applyDecorators(
    FieldRule({ ...docs, optional: true }, { type: 'string', format: 'date-time' }, (value) =>
      value instanceof Date
        ? undefined
        : 'must be an ISO 8601 date, or a time with its offset from UTC, e.g. "2030-01-31" or "2030-01-31T09:00:00Z"',
    ),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? (parse(value) ?? value) : value,
    ),
  );
}
