/** The `Date` header counts whole seconds, and an answer takes its time: less than this is no difference. */
const TOLERANCE_MS = 2_500;

let offsetMs = 0;

/** Notes what time the server has, as an answer of it says. */
export function noteServerDate(header: string | null): void {
  if (header === null) return;
  const difference = Date.parse(header) + 500 - Date.now();
  if (Number.isFinite(difference)) offsetMs = Math.abs(difference) > TOLERANCE_MS ? difference : 0;
}

/** Now, by the server's clock: countdowns on a computer whose clock is wrong still end when the run begins. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}
