import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { ChronosError } from '#contracts';

@Injectable()
class NoFieldsInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { body } = context.switchToHttp().getRequest<FastifyRequest>();
    const details = Object.keys(body ?? {}).map((field) => ({
      field,
      message: 'is not a known field; this request takes none',
    }));
    if (details.length === 0) return next.handle();
    throw new ChronosError('VALIDATION_FAILED', 'This request takes no fields.', { details });
  }
}

/** For commands without a body: whoever sends one with fields expects something that will not be done, and gets 400. */
export const TakesNoFields = (): MethodDecorator => UseInterceptors(NoFieldsInterceptor);
