import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { type FieldDocs, FieldRule } from './field-rule.js';
import { split } from './ids-field.decorator.js';

/**
 * One of a few words.
 * @param enumName the name the choice has in the document, so that each appears there once
 */
export function ChoiceField(
  choices: readonly string[],
  { enumName, ...docs }: FieldDocs & { enumName: string },
): PropertyDecorator {
  return FieldRule(docs, { enum: [...choices], enumName }, (value) =>
    choices.includes(value as string) ? undefined : `must be one of ${choices.join(', ')}`,
  );
}

/** `true` or `false`, and no word for it. */
export function BooleanField(docs: FieldDocs = {}): PropertyDecorator {
  return FieldRule(docs, { type: 'boolean' }, (value) =>
    typeof value === 'boolean' ? undefined : 'must be true or false',
  );
}

/** Some of a few words in a query string: the parameter given more than once, or once with commas. */
export function QueryChoicesField(
  choices: readonly string[],
  { enumName, ...docs }: FieldDocs & { enumName: string },
): PropertyDecorator {
  return applyDecorators(
    FieldRule({ ...docs, optional: true }, { enum: [...choices], enumName, isArray: true }, (value) =>
      Array.isArray(value) && value.every((one) => choices.includes(one as string))
        ? undefined
        : `must be among ${choices.join(', ')}`,
    ),
    Transform(({ value }: { value: unknown }) => split(value)),
  );
}
