const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `412 MiB`, `1.4 GiB`: two digits where one alone would say too little. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_024 && unit < UNITS.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  const shown = unit > 0 && value < 10 ? value.toFixed(1) : String(Math.round(value));
  return `${shown} ${UNITS[unit] ?? ''}`;
}
