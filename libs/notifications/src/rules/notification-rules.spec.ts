import { describe, expect, it } from 'vitest';
import type { JobNotifications } from '#contracts';
import { afterEnd, isWatched, rulesOf, type Streak } from './notification-rules.js';

/** The event of each end in turn: `f` failed, `c` completed. */
function play(settings: JobNotifications, ends: string): string[] {
  const rules = rulesOf(settings);
  let streak: Streak = { failures: 0, isAlerted: false };
  return [...ends].map((end) => {
    const next = afterEnd(rules, streak, end === 'f');
    streak = next.streak;
    return next.event ?? '-';
  });
}

describe('what is told', () => {
  const email = 'ops@example.com';

  it.each<[JobNotifications, string, string]>([
    [{ email }, 'fcff', 'failed - failed failed'],
    [{ email, onFailure: false, onSuccess: true }, 'fc', '- completed'],
    [{ email, onSuccess: true }, 'cfc', 'completed failed completed'],
    [{ email, afterFailures: 3 }, 'ffcfffffcfff', '- - - - - failed - - - - - failed'],
    [{ email, afterFailures: 1 }, 'fffcf', 'failed - - - failed'],
    [{ email, onRecovered: true }, 'cfcc', '- failed recovered -'],
    [{ email, onRecovered: true, afterFailures: 2 }, 'fcffc', '- - - failed recovered'],
    [{ email, onRecovered: true, onSuccess: true }, 'cfcc', 'completed failed recovered completed'],
    [{ onRecovered: true }, 'fc', 'failed recovered'],
  ])('%j on %s: %s', (settings, ends, events) => {
    expect(play(settings, ends).join(' ')).toBe(events);
  });

  it('is nothing where nothing is asked for', () => {
    expect(isWatched({})).toBe(false);
    expect(isWatched({ onFailure: false, email })).toBe(false);
    expect(isWatched({ email })).toBe(true);
    expect(isWatched({ onSuccess: true })).toBe(true);
    expect(isWatched({ afterFailures: 2 })).toBe(true);
  });

  it('goes by the channels named, and by e-mail without any', () => {
    expect(rulesOf({ onFailure: true }).channels).toEqual(['email']);
    expect(rulesOf({ slack: { url: 'https://hooks.example.com/x' } }).channels).toEqual(['slack']);
  });
});
