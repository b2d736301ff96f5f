import type { ErrorCode } from '#contracts';

const ERROR_SCHEMA = '#/components/schemas/ErrorEnvelopeDto';

export interface ErrorResponse {
  description: string;
  content: { 'application/json': { schema: { $ref: string } } };
}

/** The OpenAPI response for error codes that share a status. */
export function errorResponse(codes: readonly ErrorCode[]): ErrorResponse {
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    content: { 'application/json': { schema: { $ref: ERROR_SCHEMA } } },
  };
}
