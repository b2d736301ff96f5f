import { createHash, randomBytes } from 'node:crypto';

const SCHEME = 'chr_';
const SECRET_BYTES = 32;
const FORM = /^chr_([0-9a-f]{32})_[A-Za-z0-9_-]{43}$/;

/** A new key: `chr_<its id, 32 hex digits>_<32 random bytes, base64url>`. Only its hash is kept. */
export function makeApiKey(id: string): { key: string; hash: string } {
  const key = `${apiKeyPrefix(id)}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { key, hash: hashApiKey(key) };
}

/** What a key begins with: tells its owner which one it is, and nothing of the secret. */
export function apiKeyPrefix(id: string): string {
  return SCHEME + id.replaceAll('-', '');
}

/** SHA-256 in hex: enough for 256 random bits, and quick. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Whether a bearer token means to be an API key. No JWT begins like one. */
export function isMeantAsApiKey(token: string): boolean {
  return token.startsWith(SCHEME);
}

/** The id a key says it has, as PostgreSQL reads a UUID, or undefined when it is no key of ours. */
export function apiKeyIdOf(key: string): string | undefined {
  return FORM.exec(key)?.[1];
}
