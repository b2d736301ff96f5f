import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ChronosError } from '#contracts';

/** An entity tag of ours, strong or weak, or the bare number. */
const TAG = /^(?:W\/)?"([1-9]\d{0,8})"$|^([1-9]\d{0,8})$/;

/** `@ExpectedVersion() version: number | undefined`: the version `If-Match` names; 400 when it names none. */
export const ExpectedVersion = createParamDecorator((_: unknown, context: ExecutionContext) =>
  expectedVersionOf(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/** Documents the header. */
export const ApiExpectedVersion = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description:
        'The `ETag` of the answer this change was made from. When it has changed since, nothing is done: 409 `VERSION_CONFLICT`.',
      schema: { type: 'string', example: '"3"' },
    }),
  );

/** `*` asks for any version there is, which the route's own 404 answers. */
export function expectedVersionOf(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const [, tagged, bare] = TAG.exec(header) ?? [];
  const version = tagged ?? bare;
  if (version === undefined) {
    throw ChronosError.invalid('If-Match', 'must be the ETag of an earlier answer, e.g. "3"');
  }
  return Number(version);
}
