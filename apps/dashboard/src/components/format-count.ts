const COUNT = new Intl.NumberFormat('en-GB');
const COMPACT = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
const SHARE = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 });

/** `1,204`; from a hundred thousand on `123K`, as nobody reads the rest. */
export function formatCount(count: number): string {
  return (count < 100_000 ? COUNT : COMPACT).format(count);
}

/** `1 run`, `1,204 runs`. */
export function several(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** `98.3%`. What is not all is never rounded up to all. */
export function formatShare(share: number): string {
  return SHARE.format(share < 1 ? Math.min(share, 0.999) : 1);
}
