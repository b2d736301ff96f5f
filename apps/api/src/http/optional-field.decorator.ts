import { ValidateIf } from 'class-validator';

/**
 * The field may be left out. Unlike class-validator's `IsOptional` it may not be null: a null that passes validation
 * is a value no rule has looked at.
 */
export const OptionalField = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);
