/** What one line of a crontab is, by crontab(5). */
export type CrontabLine =
  | { kind: 'blank' }
  | { kind: 'comment'; text: string }
  | { kind: 'variable'; name: string; value: string }
  | { kind: 'entry'; schedule: string; user?: string; command: string }
  | { kind: 'unreadable'; reason: string };

const VARIABLE = /^(?:"([^"]*)"|'([^']*)'|([A-Za-z_][A-Za-z0-9_]*))\s*=\s*(.*?)\s*$/;

/** The nicknames of crontab(5) that name a time. */
const NICKNAMES: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/**
 * Splits a line and judges no field: whether an expression means anything is for the server to say.
 * @param hasUser the file has a column for the user, as /etc/crontab and /etc/cron.d do
 */
export function readLine(line: string, hasUser: boolean): CrontabLine {
  const text = line.trim();
  if (text === '') return { kind: 'blank' };
  if (text.startsWith('#')) return { kind: 'comment', text: text.replace(/^#+\s*/, '') };
  const variable = VARIABLE.exec(text);
  if (variable) {
    const name = variable[1] ?? variable[2] ?? variable[3] ?? '';
    return { kind: 'variable', name, value: unquote(variable[4] ?? '') };
  }
  return text.startsWith('@') ? readNickname(text, hasUser) : readFields(text, hasUser);
}

function readNickname(text: string, hasUser: boolean): CrontabLine {
  const [, nickname = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(text) ?? [];
  if (nickname.toLowerCase() === '@reboot') {
    return unreadable('@reboot names no time: Chronos runs by the clock, not when a machine starts');
  }
  const schedule = NICKNAMES[nickname.toLowerCase()];
  return schedule === undefined
    ? unreadable(`${nickname} is no nickname of crontab(5)`)
    : withCommand(schedule, rest, hasUser);
}

function readFields(text: string, hasUser: boolean): CrontabLine {
  const match = /^((?:\S+\s+){5})(.*)$/.exec(text);
  return match
    ? withCommand((match[1] ?? '').trim().split(/\s+/).join(' '), match[2] ?? '', hasUser)
    : unreadable('it is no comment, no variable, and not five fields with a command');
}

function withCommand(schedule: string, rest: string, hasUser: boolean): CrontabLine {
  if (!hasUser) {
    if (/^root\s+\S/.test(rest)) {
      return unreadable('"root" looks like the user column of /etc/crontab: import it with --system');
    }
    return rest === '' ? unreadable('it has no command') : { kind: 'entry', schedule, command: rest };
  }
  const [, user = '', command = ''] = /^(\S+)\s+(.*)$/.exec(rest) ?? [];
  return command === ''
    ? unreadable('it has no user and command')
    : { kind: 'entry', schedule, user, command };
}

function unquote(value: string): string {
  return /^"(.*)"$/.exec(value)?.[1] ?? /^'(.*)'$/.exec(value)?.[1] ?? value;
}

function unreadable(reason: string): CrontabLine {
  return { kind: 'unreadable', reason };
}
