const MIN_BYTES = 8;
/** bcrypt reads no further: a longer password would be weaker than it looks. */
const MAX_BYTES = 72;

/** What is wrong with a password (API.md, "Auth"), as one sentence fragment, or undefined. Length counts bytes. */
export function passwordFault(password: string): string | undefined {
  const bytes = Buffer.byteLength(password);
  if (bytes < MIN_BYTES) return `must have at least ${MIN_BYTES} bytes`;
  if (bytes > MAX_BYTES) return `must have at most ${MAX_BYTES} bytes in UTF-8; it has ${bytes}`;
  const missing = [
    /\p{Lowercase}/u.test(password) ? [] : ['a lower-case letter'],
    /\p{Uppercase}/u.test(password) ? [] : ['an upper-case letter'],
    /\p{Nd}/u.test(password) ? [] : ['a digit'],
  ].flat();
  return missing.length === 0 ? undefined : `must hold ${missing.join(' and ')}`;
}

/** Can bcrypt tell this password from every other one? */
export function isHashable(password: string): boolean {
  return Buffer.byteLength(password) <= MAX_BYTES && !password.includes('\0');
}
