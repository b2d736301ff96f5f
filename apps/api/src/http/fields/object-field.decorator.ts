import { applyDecorators, type Type as Class } from '@nestjs/common';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { type FieldDocs, FieldRule } from './field-rule.js';

const OPAQUE = Symbol('chronos:opaque-fields');

/** An object with fields of its own DTO. */
export function ObjectField(type: () => Class, docs: FieldDocs = {}): PropertyDecorator {
  return applyDecorators(
    FieldRule(docs, { type } as ApiPropertyOptions, objectFault),
    ValidateNested(),
    Type(type),
  );
}

/**
 * A JSON object whose content is not the DTO's to judge: it reaches the handler as it was parsed. The validation
 * pipe keeps it from class-transformer, which drops keys such as `toString` and trips over `constructor`.
 */
export function JsonObjectField(docs: FieldDocs = {}): PropertyDecorator {
  return applyDecorators(
    FieldRule(docs, { type: 'object', additionalProperties: true } as ApiPropertyOptions, objectFault),
    ((target, key) =>
      Reflect.defineMetadata(OPAQUE, [...opaqueFieldsOf(target), String(key)], target)) as PropertyDecorator,
  );
}

/** The names of a DTO's `JsonObjectField`s, inherited ones included. */
export function opaqueFieldsOf(prototype: object): string[] {
  return (Reflect.getMetadata(OPAQUE, prototype) as string[] | undefined) ?? [];
}

function objectFault(value: unknown): string | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? undefined
    : 'must be an object';
}
