import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ClientInfo } from '#auth';

/** `@Client() client: ClientInfo`: what the caller shows of itself, for the list of sessions. */
export const Client = createParamDecorator((_: unknown, context: ExecutionContext): ClientInfo => {
  const { ip, headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return { ipAddress: ip, userAgent: headers['user-agent'] };
});
