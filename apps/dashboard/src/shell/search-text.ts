type Search = Record<string, unknown>;

/** What URLSearchParams escapes though a query may hold it as it is (RFC 3986, 3.4). */
const NEEDLESS = /%(?:2C|2F|3A|40)/g;

/**
 * The parameters of an address, each as text, or as a list where its name comes more than once. What they mean is for the readers
 * in `search-params.ts`. Never throws, whatever was typed.
 */
export function parseSearch(address: string): Search {
  const given = new URLSearchParams(address);
  return Object.fromEntries(
    [...new Set(given.keys())].map((name) => {
      const values = given.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/**
 * Parameters as people write and read them: `?status=failed,timed_out&search=backup`. Lists are joined by commas, so what is
 * listed must not hold one; what is undefined is left out.
 */
export function stringifySearch(search: Search): string {
  const pairs = Object.entries(search)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]);
  const text = new URLSearchParams(pairs).toString().replaceAll(NEEDLESS, decodeURIComponent);
  return text === '' ? '' : `?${text}`;
}
