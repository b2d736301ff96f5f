export { decodeCursor, encodeCursor } from './cursor.js';
export { ApiIdempotencyKey, IdempotencyKey } from './idempotency-key.decorator.js';
export { ApiEnvelope, ApiPage } from './openapi/api-envelope.decorator.js';
export { ApiErrors } from './openapi/api-errors.decorator.js';
export { Page, type PageSlice } from './page.js';
export { PageQueryDto } from './page-query.dto.js';
export { ParseIdPipe } from './parse-id.pipe.js';
export { IsQueryInt } from './query-int.decorator.js';
export { RawAnswer } from './raw-answer.decorator.js';
