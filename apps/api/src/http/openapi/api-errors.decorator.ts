import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse } from '@nestjs/swagger';
import { type ErrorCode, groupBy } from '#contracts';
import { ERROR_STATUS } from '../error-status.js';
import { ErrorEnvelopeDto } from './error.dto.js';
import { errorResponse } from './error-response.js';

/**
 * Documents the errors a route answers of its own accord. What any route may answer (401 without a token, 429,
 * 500, 503, and 400, 413 and 415 where there is a body) is added to the document by `buildOpenApiDocument`.
 */
export function ApiErrors(...codes: [ErrorCode, ...ErrorCode[]]): MethodDecorator {
  const byStatus = groupBy(codes, (code) => ERROR_STATUS[code]);
  return applyDecorators(
    ApiExtraModels(ErrorEnvelopeDto),
    ...[...byStatus].map(([status, group]) => ApiResponse({ status, ...errorResponse(group) })),
  );
}
