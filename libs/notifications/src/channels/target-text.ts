import type { JsonObject } from '#contracts';

/** A field that the target of a channel always has. @throws Error where it is no text: the row was tampered with */
export function targetText(target: JsonObject, field: string): string {
  const value = target[field];
  if (typeof value !== 'string') throw new Error(`The target of the notification has no "${field}".`);
  return value;
}
