/** The top of an axis that holds a value and has a round half: 2, 4, 10, 20, 40, 100 ... */
export function niceMaximum(value: number): number {
  if (value <= 2) return 2;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 10].find((one) => one * power >= value) ?? 10;
  return step * power;
}
