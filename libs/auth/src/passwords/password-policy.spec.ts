import { describe, expect, it } from 'vitest';
import { isHashable, passwordFault } from './password-policy.js';

describe('passwordFault', () => {
  it.each(['SecurePass123', 'aB345678', `aB3${'x'.repeat(69)}`, 'pässWort1', 'жЖ7жжж'])(
    'takes %s',
    (password) => {
      expect(passwordFault(password)).toBeUndefined();
    },
  );

  it.each([
    ['aB34567', 'must have at least 8 bytes'],
    ['', 'must have at least 8 bytes'],
    [`aB3${'x'.repeat(70)}`, 'must have at most 72 bytes in UTF-8; it has 73'],
    // 36 letters of two bytes and one more: 37 characters, 73 bytes.
    [`${'é'.repeat(34)}aB345`, 'must have at most 72 bytes in UTF-8; it has 73'],
    ['SECUREPASS1', 'must hold a lower-case letter'],
    ['securepass1', 'must hold an upper-case letter'],
    ['SecurePassword', 'must hold a digit'],
    ['--------', 'must hold a lower-case letter and an upper-case letter and a digit'],
  ])('refuses %s', (password, fault) => {
    expect(passwordFault(password)).toBe(fault);
  });
});

describe('isHashable', () => {
  it('is about what bcrypt reads: 72 bytes, none of them NUL', () => {
    expect(isHashable('é'.repeat(36))).toBe(true);
    expect(isHashable(`${'é'.repeat(36)}x`)).toBe(false);
    expect(isHashable('a\0b')).toBe(false);
  });
});
