/** A number too large for a double, kept as it was written: rounding an id would show another one. */
export class ExactNumber {
  constructor(readonly source: string) {}
}

type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

/** As `JSON.parse`, where the browser tells what a number was written as (Chrome 114, Firefox 135, Safari 18.4) exactly. */
export function parseExactly(text: string): unknown {
  const reviver: Reviver = (_key, value, context) =>
    typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && context?.source
      ? new ExactNumber(context.source)
      : value;
  return JSON.parse(text, reviver);
}
