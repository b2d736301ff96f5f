import type { FieldFault } from '#contracts';

/**
 * The first part of an input that no field may hold: keys that pollute prototypes, characters PostgreSQL cannot
 * store (NUL, half a surrogate pair) and numbers too large for a double (they would be stored as null).
 * @returns undefined when there is none
 */
export function inputFault(value: unknown, path = ''): FieldFault | undefined {
  if (typeof value === 'string') return textFault(value, path);
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { field: path, message: 'is too large a number' };
  }
  if (value === null || typeof value !== 'object') return undefined;
  for (const [key, item] of Object.entries(value)) {
    const itemPath = path === '' ? key : `${path}.${key}`;
    const fault = keyFault(key, item, itemPath) ?? inputFault(item, itemPath);
    if (fault) return fault;
  }
  return undefined;
}

function keyFault(key: string, item: unknown, path: string): FieldFault | undefined {
  if (key === '__proto__' || (key === 'constructor' && isObject(item) && Object.hasOwn(item, 'prototype'))) {
    return { field: path, message: 'is not a name a field may have' };
  }
  const fault = textFault(key, path);
  return fault && { field: path.replace(UNSTORABLE, '?'), message: 'has a name with invalid characters' };
}

function textFault(text: string, field: string): FieldFault | undefined {
  if (text.search(UNSTORABLE) === -1) return undefined;
  return { field, message: 'must not hold NUL or unpaired surrogate characters' };
}

const UNSTORABLE = /[\0\p{Surrogate}]/gu;

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object';
}
