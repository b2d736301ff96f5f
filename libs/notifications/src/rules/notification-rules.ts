import { type JobNotifications, NOTIFICATION_CHANNELS, type NotificationChannelName } from '#contracts';
import type { EndNotice } from '../message/notice.js';

/** What a job's settings come to. */
export interface NotificationRules {
  onFailure: boolean;
  onSuccess: boolean;
  onRecovered: boolean;
  /** undefined: each failure is told. */
  afterFailures: number | undefined;
  channels: NotificationChannelName[];
}

/** How a job has fared lately, as far as its rules ask. */
export interface Streak {
  /** Failures in a row. */
  failures: number;
  /** Has the row reached what is to be told? */
  isAlerted: boolean;
}

/** Which parts of the settings decide whether anything is told; targets may be sealed. */
type Settings = Partial<Record<keyof JobNotifications, unknown>>;

export function rulesOf(settings: Settings): NotificationRules {
  const named = NOTIFICATION_CHANNELS.filter((channel) => settings[channel] !== undefined);
  const asksForFailures =
    named.length > 0 || settings.onRecovered === true || isCount(settings.afterFailures);
  return {
    onFailure: typeof settings.onFailure === 'boolean' ? settings.onFailure : asksForFailures,
    onSuccess: settings.onSuccess === true,
    onRecovered: settings.onRecovered === true,
    afterFailures: isCount(settings.afterFailures) ? settings.afterFailures : undefined,
    channels: named.length > 0 ? named : ['email'],
  };
}

/** Is there anything an end of this job's executions could have to tell? Cheap: asked at every settle. */
export function isWatched(settings: Settings): boolean {
  const { onFailure, onSuccess, onRecovered } = rulesOf(settings);
  return onFailure || onSuccess || onRecovered;
}

/** Do the rules look back beyond the one execution? */
export function needsStreak({ afterFailures, onRecovered }: NotificationRules): boolean {
  return afterFailures !== undefined || onRecovered;
}

/** What one more end means: the event to tell of, if any, and the streak from then on. */
export function afterEnd(
  rules: NotificationRules,
  streak: Streak,
  hasFailed: boolean,
): { event: EndNotice['event'] | undefined; streak: Streak } {
  if (!hasFailed) {
    const event =
      rules.onRecovered && streak.isAlerted ? 'recovered' : rules.onSuccess ? 'completed' : undefined;
    return { event, streak: { failures: 0, isAlerted: false } };
  }
  const failures = streak.failures + 1;
  const isReached = failures >= (rules.afterFailures ?? 1);
  const isDue = rules.afterFailures === undefined || (isReached && !streak.isAlerted);
  return {
    event: rules.onFailure && isDue ? 'failed' : undefined,
    streak: { failures, isAlerted: streak.isAlerted || isReached },
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number';
}
