import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import { ChronosError, type FieldFault } from '#contracts';
import { opaqueFieldsOf } from './fields/object-field.decorator.js';
import { faultsOf } from './validation-faults.js';

type Fields = Record<string, unknown>;

/**
 * Bodies and queries against their DTO: unknown fields are faults, every fault is reported at once, and each names
 * its field (`notifications.email`) and the fix.
 */
@Injectable()
export class InputPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      stopAtFirstError: true,
      transform: true,
      validationError: { target: true, value: true },
      exceptionFactory: (errors) => validationFailed(faultsOf(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (!isFields(value) || !metadata.metatype || !this.toValidate(metadata)) {
      return super.transform(value, metadata) as Promise<unknown>;
    }
    const { rest, opaque } = setAside(value, opaqueFieldsOf(metadata.metatype.prototype as object));
    const fault = inheritedName(rest);
    if (fault) throw validationFailed([fault]);
    return Object.assign((await super.transform(rest, metadata)) as object, opaque);
  }
}

function validationFailed(details: FieldFault[]): ChronosError {
  const named = details.slice(0, 3).map(({ field, message }) => `${field} ${message}`);
  const rest = details.length > named.length ? [`and ${details.length - named.length} more`] : [];
  return new ChronosError('VALIDATION_FAILED', `${[...named, ...rest].join('; ')}.`, { details });
}

/** Objects in opaque fields, and the input with an empty object in the place of each. */
function setAside(input: Fields, fields: readonly string[]): { rest: Fields; opaque: Fields } {
  const found = fields.filter((field) => Object.hasOwn(input, field) && isFields(input[field]));
  return {
    opaque: Object.fromEntries(found.map((field) => [field, input[field]])),
    rest: { ...input, ...Object.fromEntries(found.map((field) => [field, {}])) },
  };
}

/**
 * No DTO has a field named like something every object inherits. Nest and class-transformer drop such keys, so that
 * nobody would be told that they are unknown.
 */
function inheritedName(value: unknown, path = ''): FieldFault | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  for (const [key, item] of Object.entries(value)) {
    const field = path === '' ? key : `${path}.${key}`;
    if (key in Object.prototype) return { field, message: 'is not a known field' };
    const fault = inheritedName(item, field);
    if (fault) return fault;
  }
  return undefined;
}

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
