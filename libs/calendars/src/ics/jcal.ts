import ICAL from 'ical.js';
import { ChronosError } from '#contracts';

/** A property as ical.js parses it (jCal, RFC 7265). */
export type JcalProperty = [
  name: string,
  parameters: Record<string, unknown>,
  type: string,
  ...values: unknown[],
];
export type JcalComponent = [name: string, properties: JcalProperty[], components: JcalComponent[]];

/**
 * The texts of the events of an iCalendar file, in its order: read one by one, so that one which cannot be read spoils
 * no other.
 * @throws ChronosError VALIDATION_FAILED on `ics` where it is no such file
 */
export function splitEvents(text: string): string[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n|\r/)
    .filter((line) => line.trim() !== '');
  if (lines[0]?.trim().toUpperCase() !== 'BEGIN:VCALENDAR')
    throw notIcs('it does not begin with BEGIN:VCALENDAR');
  if (lines.at(-1)?.trim().toUpperCase() !== 'END:VCALENDAR')
    throw notIcs('it does not end with END:VCALENDAR');
  const events: string[] = [];
  let begun: number | undefined;
  for (const [index, line] of lines.entries()) {
    const word = line.length < 20 ? line.trim().toUpperCase() : '';
    if (word === 'BEGIN:VEVENT') begun ??= index;
    if (word !== 'END:VEVENT' || begun === undefined) continue;
    events.push(lines.slice(begun, index + 1).join('\r\n'));
    begun = undefined;
  }
  if (begun !== undefined) throw notIcs('its last event has no END:VEVENT');
  return events;
}

/** @throws Error of ical.js where the text cannot be read */
export function parseEvent(text: string): JcalComponent {
  const parsed = ICAL.parse(text) as unknown as JcalComponent | [];
  const [name] = parsed;
  if (name !== 'vevent') throw new Error('it is no event');
  return parsed as JcalComponent;
}

export function propertiesOf([, properties]: JcalComponent, name: string): JcalProperty[] {
  return properties.filter(([one]) => one === name);
}

/** The first value of the first property of a name. */
export function valueOf(component: JcalComponent, name: string): unknown {
  return propertiesOf(component, name)[0]?.[3];
}

export function textOf(component: JcalComponent, name: string): string | undefined {
  const value = valueOf(component, name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function notIcs(reason: string): ChronosError {
  return ChronosError.invalid('ics', `is no iCalendar file (RFC 5545): ${reason}`);
}
