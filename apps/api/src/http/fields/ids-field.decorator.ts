import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { isUUID } from 'class-validator';
import { type FieldDocs, FieldRule } from './field-rule.js';

const EXAMPLE = ['01900000-0000-7000-8000-000000000001'];

/** Ids in a query string: the parameter given more than once, or once with commas. At least one. */
export function QueryIdsField(max: number, docs: FieldDocs = {}): PropertyDecorator {
  return applyDecorators(
    FieldRule(
      { example: EXAMPLE, ...docs },
      { type: 'array', items: { type: 'string', format: 'uuid' }, minItems: 1, maxItems: max },
      (value) => idsFault(value, max),
    ),
    Transform(({ value }: { value: unknown }) => split(value)),
  );
}

/** Ids in a body, as a list. At least one. */
export function IdsField(max: number, docs: FieldDocs = {}): PropertyDecorator {
  return FieldRule(
    { example: EXAMPLE, ...docs },
    { type: 'array', items: { type: 'string', format: 'uuid' }, minItems: 1, maxItems: max },
    (value) => idsFault(value, max),
  );
}

/** What a query parameter that may be given more than once, or hold commas, is a list of. */
export function split(value: unknown): unknown[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((one) =>
    typeof one === 'string' ? one.split(',') : [one],
  );
}

function idsFault(value: unknown, max: number): string | undefined {
  return Array.isArray(value) && value.length >= 1 && value.length <= max && value.every((id) => isUUID(id))
    ? undefined
    : `must be 1 to ${max} UUIDs`;
}
