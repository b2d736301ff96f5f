import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** `@ReceivedBody() body: unknown`: the body as it was parsed, before any DTO: what an idempotency key is bound to. */
export const ReceivedBody = createParamDecorator(
  (_: unknown, context: ExecutionContext): unknown =>
    context.switchToHttp().getRequest<FastifyRequest>().body,
);
