import { ChronosError } from '#contracts';

import { editDistance } from './edit-distance.js';

/** The areas of the IANA database; a name of any other area (`SystemV/PST8`) is a leftover of some vendor. */
const AREAS = new Set(
  'Africa America Antarctica Arctic Asia Atlantic Australia Brazil Canada Chile Etc Europe Indian Mexico Pacific US'.split(
    ' ',
  ),
);

/** IANA names without an area. Vendors add more (`CST`, `IST`), which mean several zones at once. */
const NAMES_WITHOUT_AREA = new Set(
  (
    'CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran ' +
    'Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK ' +
    'Singapore Turkey UCT UTC Universal W-SU WET Zulu'
  ).split(' '),
);

/** Words of zone names that are not written Like_This. */
const SPECIAL_WORDS = new Map(
  'ACT LHI NSW GMT UTC UCT IN au es of ComodRivadavia DumontDUrville EasterIsland BajaNorte BajaSur DeNoronha McMurdo'
    .split(' ')
    .map((word) => [word.toLowerCase(), word]),
);

/** Today's names for zones that `Intl` of older Node versions lists only under a former one. */
const RENAMED =
  'Asia/Kolkata Asia/Kathmandu Asia/Ho_Chi_Minh Asia/Yangon Europe/Kyiv America/Nuuk Pacific/Kanton Asia/Dhaka Asia/Thimphu Atlantic/Faroe UTC'.split(
    ' ',
  );

/**
 * Is this the name of a time zone of the IANA database, in its exact spelling? Links such as
 * `Asia/Calcutta` and `UTC` are; offsets (`+02:00`) and abbreviations (`CST`) are not.
 */
export function isTimezone(name: string): boolean {
  return known(name) && spelling(name) === name;
}

/** Throws a ChronosError `VALIDATION_FAILED` on `timezone` that names the zone probably meant. */
export function assertTimezone(name: string): void {
  if (isTimezone(name)) return;
  throw ChronosError.invalid('timezone', timezoneFault(name));
}

function timezoneFault(name: string): string {
  const shown = name.length > 60 ? `${name.slice(0, 60)}...` : name;
  if (/^(?:UTC|GMT)?[+-]\d/i.test(name)) {
    return `must be an IANA time zone, not the offset "${shown}"; name a place, e.g. "Europe/Paris", so that daylight saving is followed`;
  }
  const proper = spelling(name);
  if (known(proper)) return `"${shown}" is written "${proper}"`;
  if (/^[A-Z]{2,5}$/.test(name)) {
    return `"${shown}" is no IANA time zone (an abbreviation can mean several); name a place, e.g. "America/Chicago" or "Asia/Kolkata"`;
  }
  const guess = closestName(name);
  const hint = guess ? `did you mean "${guess}"?` : 'name a place, e.g. "Europe/Paris", or "UTC"';
  return `"${shown}" is no IANA time zone; ${hint}`;
}

function known(name: string): boolean {
  const [area = '', ...rest] = name.split('/');
  const inDatabase = rest.length > 0 ? AREAS.has(area) : NAMES_WITHOUT_AREA.has(name);
  if (!inDatabase || !/^[A-Za-z0-9_+/-]{1,64}$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The spelling of the IANA database for a name in any case: `Intl` takes every case and says not which is right. */
function spelling(name: string): string {
  if (!name.includes('/')) {
    return [...NAMES_WITHOUT_AREA].find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
  }
  return name
    .split('/')
    .map((part, index) => (index === 0 && part.toLowerCase() === 'us' ? 'US' : properPart(part)))
    .join('/');
}

function properPart(part: string): string {
  return part.toLowerCase().replace(/[a-z]+/g, (word, at: number) => {
    const special = SPECIAL_WORDS.get(word);
    // "in", "of" and the like are small words only behind another one.
    if (special !== undefined && (at > 0 || special !== special.toLowerCase())) return special;
    return word.charAt(0).toUpperCase() + word.slice(1);
  });
}

function closestName(name: string): string | undefined {
  if (name.length > 60) return undefined;
  const wanted = name.trim().toLowerCase().replaceAll(' ', '_');
  const names = [...new Set([...RENAMED, ...Intl.supportedValuesOf('timeZone')])];
  const city = names.find((candidate) => candidate.toLowerCase().split('/').pop() === wanted);
  if (city) return city;
  const ranked = names
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, wanted.length / 4) ? best.candidate : undefined;
}
