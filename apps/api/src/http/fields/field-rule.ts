import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import { OptionalField } from '../optional-field.decorator.js';

/** What every field can say of itself. */
export interface FieldDocs {
  /** May it be left out? Default false. Null is never the same as left out. */
  optional?: boolean;
  /** Null is a value, too: it empties the field. Default false. */
  nullable?: boolean;
  description?: string;
  example?: unknown;
  default?: unknown;
}

/**
 * One rule that decides the whole of a field, and its place in the document.
 * @param valueFaultOf what is wrong with a value and what to send instead, or undefined
 */
export function FieldRule(
  { optional = false, nullable = false, ...docs }: FieldDocs,
  schema: ApiPropertyOptions,
  valueFaultOf: (value: unknown) => string | undefined,
): PropertyDecorator {
  const faultOf = (value: unknown) => (nullable && value === null ? undefined : valueFaultOf(value));
  const documented = {
    ...schema,
    ...docs,
    ...(nullable && { nullable }),
    required: !optional,
  } as ApiPropertyOptions;
  const rule = ValidateBy({
    name: 'fieldRule',
    validator: {
      validate: (value: unknown) => faultOf(value) === undefined,
      defaultMessage: (args?: ValidationArguments) => faultOf(args?.value) ?? '',
    },
  });
  return applyDecorators(ApiProperty(documented), rule, ...(optional ? [OptionalField()] : []));
}
