import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { RAW_ANSWER } from './raw-answer.decorator.js';
import { Page } from './page.js';

const NO_CONTENT = 204;

/**
 * Wraps what a handler returns: `{ success: true, data }`, a `Page` becomes `{ success, data, meta }`, and a
 * 204 stays empty. Handlers marked `@RawAnswer()` and handlers that answer by themselves are left alone.
 */
@Injectable()
export class EnvelopeInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const isRaw = this.reflector.getAllAndOverride<boolean | undefined>(RAW_ANSWER, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isRaw) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((value: unknown) => envelope(value, reply.statusCode)));
  }
}

function envelope(value: unknown, statusCode: number): unknown {
  if (statusCode === NO_CONTENT) return undefined;
  if (value instanceof Page) return { success: true, data: value.items as unknown[], meta: value.meta };
  return { success: true, data: value ?? null };
}
