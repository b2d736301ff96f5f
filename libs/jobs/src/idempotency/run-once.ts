import { createHash } from 'node:crypto';
import { ChronosError, type JsonValue } from '#contracts';
import { queryRows, type SqlRunner } from '#database';

/** A client's promise that two requests under one key are the same request (IETF Idempotency-Key draft). */
export interface IdempotencyRequest {
  key: string;
  /** The route, with the id it was called on. */
  scope: string;
  /** The body as it was received. */
  body: unknown;
}

/**
 * Does `work` once per owner, scope and key, in the caller's transaction: the key is taken with the work or not at all.
 * A second request waits for the first and gets its answer.
 * @throws ChronosError IDEMPOTENCY_KEY_REUSED when the key was used with another body
 */
export async function runOnce<Answer>(
  runner: SqlRunner,
  ownerId: string,
  request: IdempotencyRequest | undefined,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (!request) return work();
  const hash = createHash('sha256')
    .update(JSON.stringify(request.body ?? null))
    .digest('hex');
  const identity = [ownerId, request.scope, request.key];
  const taken = await queryRows(runner, TAKE, [...identity, hash]);
  if (taken.length === 0) return replay<Answer>(runner, identity, hash);
  const answer = await work();
  await runner.query(KEEP, [...identity, JSON.stringify(answer)]);
  return answer;
}

async function replay<Answer>(runner: SqlRunner, identity: string[], hash: string): Promise<Answer> {
  const [first] = await queryRows<{ request_hash: string; answer: JsonValue }>(runner, FIND, identity);
  if (first?.request_hash !== hash) {
    throw new ChronosError(
      'IDEMPOTENCY_KEY_REUSED',
      'This Idempotency-Key was used with another body; send a new key with a new request.',
    );
  }
  return first.answer as Answer;
}

const TAKE = `
  INSERT INTO idempotency_keys (owner_id, scope, key, request_hash, answer) VALUES ($1, $2, $3, $4, 'null')
  ON CONFLICT DO NOTHING RETURNING key`;

const KEEP = 'UPDATE idempotency_keys SET answer = $4 WHERE owner_id = $1 AND scope = $2 AND key = $3';

const FIND =
  'SELECT request_hash, answer FROM idempotency_keys WHERE owner_id = $1 AND scope = $2 AND key = $3';
