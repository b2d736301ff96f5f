import type { ApiKeyEntity } from '../entities/api-key.entity.js';
import { apiKeyPrefix } from './api-key.js';

/** An API key as its owner sees it in a list. */
export interface ApiKeyView {
  id: string;
  name: string;
  /** What the key begins with. */
  prefix: string;
  createdAt: Date;
  /** Null: it never does. */
  expiresAt: Date | null;
  /** To within a minute; null: never. */
  lastUsedAt: Date | null;
}

/** A key just made. The key itself is in no other answer. */
export interface CreatedApiKey extends ApiKeyView {
  key: string;
}

export function toApiKeyView({ id, name, createdAt, expiresAt, lastUsedAt }: ApiKeyEntity): ApiKeyView {
  return { id, name, prefix: apiKeyPrefix(id), createdAt, expiresAt, lastUsedAt };
}
