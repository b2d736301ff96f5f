import { getRounds, hash } from 'bcrypt';
import { describe, expect, it } from 'vitest';
import { PasswordService } from './password.service.js';

describe('PasswordService', () => {
  const passwords = new PasswordService();

  it('hashes with cost 12 and a salt of its own', async () => {
    const [one, two] = await Promise.all([passwords.hash('SecurePass123'), passwords.hash('SecurePass123')]);
    expect(getRounds(one)).toBe(12);
    expect(one).not.toBe(two);
    expect(await passwords.matches('SecurePass123', one)).toBe(true);
    expect(await passwords.matches('SecurePass124', one)).toBe(false);
  });

  it('never matches what was never allowed, although bcrypt would', async () => {
    const stored = await hash('x'.repeat(72), 4);
    expect(await passwords.matches('x'.repeat(72), stored)).toBe(true);
    expect(await passwords.matches(`${'x'.repeat(72)}y`, stored)).toBe(false);
    await expect(passwords.hash('x'.repeat(73))).rejects.toThrow(RangeError);
  });

  it('spends the work of a real check where there is no account', async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 1);
    expect(await passwords.matches('SecurePass123', undefined)).toBe(false);
    clearInterval(timer);
    // The check ran in the thread pool for many milliseconds while this loop turned.
    expect(ticks).toBeGreaterThan(5);
  });
});
