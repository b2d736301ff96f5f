import { localTimeOf } from '#scheduling';
import type { Axis } from './draw.js';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** A Monday. */
const TODAY = Date.UTC(2026, 0, 5);

/** The instant of `9:30`, `9:30:20`, or `3d 9:30`, three days later. */
export function at(text: string): number {
  const [, days = '0', hours, minutes, seconds = '0'] =
    /^(?:(\d+)d )?(\d+):(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
  if (hours === undefined) throw new Error(`"${text}" is no time.`);
  return (
    TODAY + Number(days) * DAY + (Number(hours) * 60 + Number(minutes)) * MINUTE + Number(seconds) * 1_000
  );
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** An axis with the time of day at every so many minutes, and a little room at both ends. */
export function clock(first: string, last: string, everyMinutes: number, roomMinutes = 20): Axis {
  return clockOf('UTC', at(first), at(last), everyMinutes, roomMinutes);
}

/** The same as clocks of a zone show it. */
export function clockOf(
  zone: string,
  from: number,
  to: number,
  everyMinutes: number,
  roomMinutes = 20,
): Axis {
  const ticks: Axis['ticks'] = [];
  for (let ms = from; ms <= to; ms += everyMinutes * MINUTE) {
    ticks.push([ms, localTimeOf(new Date(ms), zone).slice(11, 16)]);
  }
  return { from: from - roomMinutes * MINUTE, to: to + roomMinutes * MINUTE, ticks };
}

/** An axis of seconds before and after a moment. */
export function seconds(from: number, to: number, ...ticks: number[]): Axis {
  return { from, to, ticks: ticks.map((second) => [second, second === 0 ? '0' : `${second} s`]) };
}
