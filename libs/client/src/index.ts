export { allPages, dataOf } from './answers.js';
export { type ApiErrorCode, ChronosApiError, ChronosUnreachableError } from './chronos-api-error.js';
export { type ChronosClient, type ChronosClientOptions, createChronosClient } from './chronos-client.js';
export {
  type ChangeEvent,
  type ExecutionEvent,
  followChanges,
  followExecution,
  type FollowOptions,
} from './events.js';
export type * from './schema.js';
export { type Tokens, tokensInMemory, type TokenStore } from './token-store.js';
