import { type FieldDocs, FieldRule } from './field-rule.js';

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
