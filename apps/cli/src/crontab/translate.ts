import type { CreateJobDto } from '#client';
import { readLine } from './read-line.js';
import { applyVariable, type CrontabSettings, initialSettings } from './settings.js';
import { splitCommand } from './split-command.js';

/**
 * `ignored`: a variable that means nothing to Chronos. `exists`: a job of that name is there already. `not taken`: an
 * entry that cannot be translated, or that the server refuses.
 */
export type LineOutcome = 'job' | 'setting' | 'comment' | 'ignored' | 'exists' | 'not taken';

/** What became of one line. Blank lines are left out. */
export interface LineReport {
  line: number;
  text: string;
  outcome: LineOutcome;
  /** What it became, or why it was not taken. */
  note: string;
  job?: CreateJobDto;
}

export interface CrontabOptions {
  /** Zone of schedules until `CRON_TZ` or `TZ` names another: cron takes the machine's. */
  timezone: string;
  hasUser: boolean;
}

const NAME_LENGTH = 180;
const DAY_MS = 86_400_000;

/**
 * Each entry as a script job that does what cron would: the command by the shell, copies side by side where one is
 * slow, no retries, no limit of time but the longest there is.
 */
export function translateCrontab(text: string, { timezone, hasUser }: CrontabOptions): LineReport[] {
  let settings = initialSettings(timezone);
  const names = new Map<string, number>();
  const reports: LineReport[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    const read = readLine(raw, hasUser);
    const report = { line: index + 1, text: raw.trim() };
    if (read.kind === 'blank') return;
    if (read.kind === 'comment') reports.push({ ...report, outcome: 'comment', note: '' });
    if (read.kind === 'unreadable') reports.push({ ...report, outcome: 'not taken', note: read.reason });
    if (read.kind === 'variable') {
      const applied = applyVariable(settings, read.name, read.value);
      settings = applied.settings;
      reports.push({ ...report, outcome: applied.isTaken ? 'setting' : 'ignored', note: applied.note });
    }
    if (read.kind === 'entry') {
      const { command, stdin } = splitCommand(read.command);
      const job = jobOf(nameOf(command, names), read.schedule, { command, stdin }, settings);
      const notes = [`${read.schedule} ${settings.timezone}`];
      if (stdin !== undefined) notes.push('what follows % is its standard input');
      if (read.user !== undefined) notes.push(`as the worker's user, not as ${read.user}`);
      reports.push({ ...report, outcome: 'job', note: notes.join('; '), job });
    }
  });
  return reports;
}

function jobOf(
  name: string,
  cronExpression: string,
  { command, stdin }: { command: string; stdin: string | undefined },
  { timezone, shell, env, notifications }: CrontabSettings,
): CreateJobDto {
  return {
    name,
    type: 'script',
    scheduleType: 'recurring',
    cronExpression,
    timezone,
    payload: {
      command: shell,
      args: ['-c', command],
      ...(Object.keys(env).length > 0 && { env }),
      ...(stdin !== undefined && { stdin }),
    },
    timeout: DAY_MS,
    maxRetries: 0,
    overlapPolicy: 'allow_all',
    tags: ['crontab'],
    ...(notifications && { notifications }),
  };
}

/** The command itself; the second job of a name is `... #2`, so that each can be found again by its name. */
function nameOf(command: string, names: Map<string, number>): string {
  const base = command.length > NAME_LENGTH ? `${command.slice(0, NAME_LENGTH)}...` : command;
  const count = (names.get(base) ?? 0) + 1;
  names.set(base, count);
  return count === 1 ? base : `${base} #${count}`;
}
