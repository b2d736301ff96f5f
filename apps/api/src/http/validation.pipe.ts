import { ValidationPipe } from '@nestjs/common';
import { ChronosError } from '#contracts';
import { faultsOf } from './validation-faults.js';

/**
 * Bodies and queries against their DTO: unknown fields are faults, every fault is reported at once, and each names
 * its field (`notifications.email`) and the fix.
 */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    transform: true,
    validationError: { target: true, value: true },
    exceptionFactory: (errors) => {
      const details = faultsOf(errors);
      const named = details.slice(0, 3).map(({ field, message }) => `${field} ${message}`);
      const rest = details.length > named.length ? [`and ${details.length - named.length} more`] : [];
      return new ChronosError('VALIDATION_FAILED', `${[...named, ...rest].join('; ')}.`, { details });
    },
  });
}
