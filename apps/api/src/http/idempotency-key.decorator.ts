import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ChronosError } from '#contracts';

/** Visible ASCII: what the IETF Idempotency-Key draft lets a client send and a log line bear. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** `@IdempotencyKey() key: string | undefined`: the request's `Idempotency-Key`; 400 when it is not usable. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext) =>
  idempotencyKeyOf(context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key']),
);

/** Documents the header. */
export const ApiIdempotencyKey = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Makes the request safe to repeat: the same key with the same body replays the first answer, with another body it is 422 `IDEMPOTENCY_KEY_REUSED`.',
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: KEY.source },
    }),
  );

export function idempotencyKeyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && KEY.test(header)) return header;
  throw ChronosError.invalid('Idempotency-Key', 'must be 1 to 255 visible ASCII characters');
}
