import type { CreateJobDto } from '#client';

/** What the variables above an entry come to. */
export interface CrontabSettings {
  timezone: string;
  /** `CRON_TZ` was given, which goes before `TZ`. */
  hasCronTz: boolean;
  shell: string;
  env: Record<string, string>;
  notifications: CreateJobDto['notifications'];
}

export interface Applied {
  settings: CrontabSettings;
  /** False: nothing came of it. */
  isTaken: boolean;
  note: string;
}

/** Of cron itself or of its mail; they mean nothing elsewhere. */
const OF_CRON_ONLY: Record<string, string> = {
  MAILFROM: "the sender is the server's (SMTP_FROM)",
  CONTENT_TYPE: "cron's mail only",
  CONTENT_TRANSFER_ENCODING: "cron's mail only",
  RANDOM_DELAY: 'random delays cannot be translated',
  LOGNAME: 'scripts run as the user of the worker',
  USER: 'scripts run as the user of the worker',
};

export function initialSettings(timezone: string): CrontabSettings {
  return { timezone, hasCronTz: false, shell: '/bin/sh', env: {}, notifications: undefined };
}

/** Holds for the lines below, as in cron. */
export function applyVariable(settings: CrontabSettings, name: string, value: string): Applied {
  const ignored = OF_CRON_ONLY[name];
  if (ignored !== undefined) return { settings, isTaken: false, note: ignored };
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return { settings, isTaken: false, note: 'no valid name of a variable' };
  }
  const taken = (change: Partial<CrontabSettings>, note: string): Applied => ({
    settings: { ...settings, ...change },
    isTaken: true,
    note,
  });
  if (name === 'MAILTO') return applyMailto(settings, value);
  if (name === 'SHELL') return taken({ shell: value }, 'the shell of the commands below');
  const timezone = value.replace(/^:/, '');
  if (name === 'CRON_TZ') {
    return taken({ timezone, hasCronTz: true }, 'the time zone of the schedules below');
  }
  const env = { ...settings.env, [name]: value };
  if (name === 'TZ' && !settings.hasCronTz) {
    return taken({ env, timezone }, 'the time zone of the schedules below, and in their environment');
  }
  return taken({ env }, 'in the environment of the commands below');
}

/** Cron mails whatever a command writes; Chronos tells of failures. */
function applyMailto(settings: CrontabSettings, value: string): Applied {
  if (value === '') {
    return { settings: { ...settings, notifications: undefined }, isTaken: true, note: 'no mail' };
  }
  const [email = '', ...others] = value.split(',').map((address) => address.trim());
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) {
    return { settings, isTaken: false, note: `"${email}" is a local mailbox, not an e-mail address` };
  }
  const rest = others.length === 0 ? '' : `; not to ${others.join(', ')}: a job mails one address`;
  return {
    settings: { ...settings, notifications: { onFailure: true, email } },
    isTaken: true,
    note: `mail to ${email} when a command below fails (cron mails all output)${rest}`,
  };
}
