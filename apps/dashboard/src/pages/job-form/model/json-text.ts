/** JSON with its keys in order: equal texts, equal values. */
export function stable(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

export function print(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
