import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';

/** Sends the `version` of what a handler answers as `ETag`, for `If-Match` to come back with. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((value: unknown) => {
        if (isVersioned(value)) void reply.header('etag', `"${value.version}"`);
      }),
    );
  }
}

function isVersioned(value: unknown): value is { version: number } {
  return (
    value !== null && typeof value === 'object' && 'version' in value && typeof value.version === 'number'
  );
}
