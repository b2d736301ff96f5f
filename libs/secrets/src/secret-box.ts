import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

import type { ChronosConfig } from '#config';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Authenticated encryption of small secrets: AES-256-GCM, a random 96-bit nonce per value, and the id of the
 * key in the clear, so that a key can be replaced while values sealed with the one before can still be opened.
 */
export class SecretBox {
  readonly #keys = new Map<string, Buffer>();
  readonly #current: { id: string; key: Buffer };

  /** @param keys 32 bytes each; the first seals, all of them open */
  constructor(keys: [Buffer, ...Buffer[]]) {
    for (const key of keys) this.#keys.set(keyId(key), key);
    this.#current = { id: keyId(keys[0]), key: keys[0] };
  }

  /** Was it sealed with the key that seals now? */
  isCurrent(sealed: string): boolean {
    return sealed.startsWith(this.currentPrefix);
  }

  /** What every value begins with that was sealed with the key that seals now. */
  get currentPrefix(): string {
    return `${VERSION}.${this.#current.id}.`;
  }

  seal(plaintext: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#current.key, iv);
    const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
    const sealed = Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    return `${VERSION}.${this.#current.id}.${sealed}`;
  }

  /** @throws when the value was sealed with a key this box does not have, or has been tampered with */
  open(sealed: string): string {
    const [version, id, body] = sealed.split('.');
    if (version !== VERSION || !id || !body) throw new Error('The stored secret is not in a known format.');
    const key = this.#keys.get(id);
    if (!key) {
      throw new Error(
        `A stored secret was encrypted with another ENCRYPTION_KEY (key id ${id}). Start with the key it was stored under.`,
      );
    }
    const bytes = Buffer.from(body, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }
}

/** The box of this installation: seals with the first key of `ENCRYPTION_KEY`, opens with all of them. */
export function secretBoxOf({ secrets }: Pick<ChronosConfig, 'secrets'>): SecretBox {
  return new SecretBox(secrets.encryptionKeys);
}

function keyId(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}
