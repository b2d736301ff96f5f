import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
const FORM = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[A-Za-z0-9_-]{43}$/;

/** A new refresh token of a session: `<session id>.<32 random bytes, base64url>`. Only its hash is kept. */
export function makeRefreshToken(sessionId: string): { token: string; hash: string } {
  const token = `${sessionId}.${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { token, hash: hashRefreshToken(token) };
}

/** SHA-256 in hex: enough for 256 random bits, and quick. */
export function hashRefreshToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The session a token says it belongs to, or undefined when it is no refresh token of ours. */
export function sessionIdOf(token: string): string | undefined {
  return FORM.exec(token)?.[1];
}

export function isSameHash(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
