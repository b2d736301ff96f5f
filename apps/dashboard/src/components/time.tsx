import { usePreference } from '../shell/preferences.js';
import { formatCountdown, formatDuration, formatRelative } from '../time/format-duration.js';
import { formatTime, type TimeStyle } from '../time/format-time.js';
import { useNow } from '../time/use-now.js';
import { zoneFor } from '../time/zone.js';

type Moment = string | number | null | undefined;

interface TimeProps {
  /** ISO text or milliseconds; nothing is shown as a dash. */
  at: Moment;
  /** The zone of the job it belongs to, for who wants times by the job's clock. */
  zone?: string;
  format?: TimeStyle;
}

/** A moment by the clock the viewer chose; hovered, it says all of them (see `HintLayer`). */
export function Time({ at, zone, format = 'short' }: TimeProps) {
  const [choice] = usePreference('zone');
  const now = useNow();
  const ms = millis(at);
  if (ms === undefined) return <Nothing />;
  return (
    <time dateTime={new Date(ms).toISOString()} data-moment={ms} data-zone={zone}>
      {formatTime(ms, zoneFor(choice, zone), format, now)}
    </time>
  );
}

/** How long ago, or in how long; hovered, when exactly. */
export function RelativeTime({ at, zone }: Pick<TimeProps, 'at' | 'zone'>) {
  const now = useNow();
  const ms = millis(at);
  if (ms === undefined) return <Nothing />;
  return (
    <time dateTime={new Date(ms).toISOString()} data-moment={ms} data-zone={zone}>
      {formatRelative(ms, now)}
    </time>
  );
}

/** The time left until then, every second; `due` once it has come, never below zero. */
export function Countdown({ to, zone, due = 'due' }: { to: Moment; zone?: string; due?: string }) {
  const now = useNow();
  const ms = millis(to);
  if (ms === undefined) return <Nothing />;
  return (
    <time dateTime={new Date(ms).toISOString()} data-moment={ms} data-zone={zone}>
      {ms <= now ? due : `in ${formatCountdown(ms - now)}`}
    </time>
  );
}

/** How long something took. */
export function Duration({ ms }: { ms: number | null | undefined }) {
  return ms === null || ms === undefined ? <Nothing /> : <span>{formatDuration(ms)}</span>;
}

/** How long something has been going on, every second. */
export function Elapsed({ since }: { since: Moment }) {
  const now = useNow();
  const ms = millis(since);
  return ms === undefined ? (
    <Nothing />
  ) : (
    <span>{formatDuration(Math.floor((now - ms) / 1_000) * 1_000)}</span>
  );
}

/** There is no such time. */
function Nothing() {
  return (
    <span>
      <span aria-hidden="true">{'\u2013'}</span>
      <span className="visually-hidden">none</span>
    </span>
  );
}

function millis(moment: Moment): number | undefined {
  if (moment === null || moment === undefined) return undefined;
  return typeof moment === 'number' ? moment : Date.parse(moment);
}
