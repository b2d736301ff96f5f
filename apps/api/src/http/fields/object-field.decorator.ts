import { applyDecorators, type Type as Class } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { type FieldDocs, FieldRule } from './field-rule.js';

const OPAQUE = Symbol('chronos:opaque-fields');

/** An object with fields of its own DTO. */
export function ObjectField(type: () => Class, docs: FieldDocs = {}): PropertyDecorator {
  // Swagger takes a function for a type to look up later by its name, `type`; any other it takes for the class itself.
  return applyDecorators(FieldRule(docs, { type: () => type() }, objectFault), ValidateNested(), Type(type));
}

/** A list of up to `maxItems` objects with fields of their own DTO. */
export function ObjectListField(
  type: () => Class,
  { maxItems, ...docs }: FieldDocs & { maxItems: number },
): PropertyDecorator {
  const schema = { type: () => [type()], maxItems };
  return applyDecorators(
    FieldRule(docs, schema, (value) => objectListFault(value, maxItems)),
    ValidateNested({ each: true }),
    Type(type),
  );
}

/**
 * A JSON object whose content is not the DTO's to judge: it reaches the handler as it was parsed. The validation
 * pipe keeps it from Nest and class-transformer, which drop keys such as `constructor` and `toString` at any depth.
 */
export function JsonObjectField(docs: FieldDocs = {}): PropertyDecorator {
  return applyDecorators(
    FieldRule(docs, { type: 'object', additionalProperties: true }, objectFault),
    markOpaque,
  );
}

function markOpaque(prototype: object, key: string | symbol): void {
  Reflect.defineMetadata(OPAQUE, [...opaqueFieldsOf(prototype), String(key)], prototype);
}

/** The names of a DTO's `JsonObjectField`s, inherited ones included. */
export function opaqueFieldsOf(prototype: object): string[] {
  return (Reflect.getMetadata(OPAQUE, prototype) as string[] | undefined) ?? [];
}

function objectListFault(value: unknown, maxItems: number): string | undefined {
  if (!Array.isArray(value)) return 'must be a list of objects';
  if (value.length > maxItems) return `must have at most ${maxItems} items`;
  return value.every((item) => objectFault(item) === undefined) ? undefined : 'must hold objects only';
}

function objectFault(value: unknown): string | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? undefined
    : 'must be an object';
}
