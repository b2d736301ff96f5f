const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times what using it does. */
function formatOf(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${zone} ${JSON.stringify(options)}`;
  const known = formats.get(name);
  if (known) return known;
  // Day before month in letters and 24 hours: read the same way everywhere.
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options });
  formats.set(name, made);
  return made;
}

const DAY = { day: 'numeric', month: 'short' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;
const SECONDS = { ...CLOCK, second: '2-digit' } as const;

export type TimeStyle =
  /** `14:05` today, else `23 Nov, 14:05`, with the year where it is another. */
  | 'short'
  /** As short, with seconds. */
  | 'seconds'
  /** `Mon 23 Nov 2026, 14:05:07` */
  | 'long'
  /** `14:05:07.123` */
  | 'millis'
  /** `14:05` */
  | 'clock'
  /** `23 Nov` */
  | 'day';

/** A moment as text, by the clock of a zone. */
export function formatTime(at: number, zone: string, style: TimeStyle, now: number): string {
  switch (style) {
    case 'long':
      return formatOf(zone, { weekday: 'short', year: 'numeric', ...DAY, ...SECONDS }).format(at);
    case 'millis':
      return formatOf(zone, { ...SECONDS, fractionalSecondDigits: 3 }).format(at);
    case 'clock':
      return formatOf(zone, CLOCK).format(at);
    case 'day':
      return formatOf(zone, DAY).format(at);
    case 'short':
    case 'seconds': {
      const clock = style === 'short' ? CLOCK : SECONDS;
      if (dayOf(at, zone) === dayOf(now, zone)) return formatOf(zone, clock).format(at);
      const isThisYear = yearOf(at, zone) === yearOf(now, zone);
      return formatOf(zone, { ...DAY, ...(!isThisYear && { year: 'numeric' }), ...clock }).format(at);
    }
  }
}

/** `UTC+1`, `UTC-3:30`; `UTC` itself has none. */
export function offsetName(at: number, zone: string): string {
  const parts = formatOf(zone, { timeZoneName: 'shortOffset' }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
  return name.replace('GMT', 'UTC').replace(/^UTC[+]0$/, 'UTC');
}

function dayOf(at: number, zone: string): string {
  return formatOf(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

function yearOf(at: number, zone: string): string {
  return formatOf(zone, { year: 'numeric' }).format(at);
}
