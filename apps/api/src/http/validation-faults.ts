import { getMetadataStorage, type ValidationError } from 'class-validator';
import type { FieldFault } from '#contracts';

const UNKNOWN_FIELD = 'whitelistValidation';

/** class-validator's tree of errors as a flat list, each with the path of its field. */
export function faultsOf(errors: readonly ValidationError[], parent = ''): FieldFault[] {
  return errors.flatMap((error) => {
    const field = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      field,
      message: rule === UNKNOWN_FIELD ? unknownField(error) : wording(error, message),
    }));
    return [...own, ...faultsOf(error.children ?? [], field)];
  });
}

function wording({ property, value }: ValidationError, message: string): string {
  const rule = message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
  return value === undefined ? `is required and ${rule}` : rule;
}

function unknownField({ target }: ValidationError): string {
  const known = target ? fieldsOf(target.constructor) : [];
  if (known.length === 0) return 'is not a known field; this request takes none';
  return `is not a known field; known are ${known.join(', ')}`;
}

function fieldsOf(type: Function): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))].toSorted();
}
