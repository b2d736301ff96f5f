import type { AuditAction, AuditEventDto } from '#client';

/** What was done, as the second half of a sentence about who did it. */
export const ACTION_WORDS: Record<AuditAction, string> = {
  'user.create': 'made the first administrator',
  'user.register': 'registered',
  'user.login': 'signed in',
  'user.login_failed': 'failed to sign in',
  'user.lock': 'was locked out by failed sign-ins',
  'user.unlock': 'unlocked an account',
  'user.update': 'changed an account',
  'user.role': 'changed a role',
  'user.suspend': 'suspended an account',
  'user.activate': 'reinstated an account',
  'user.password_change': 'changed the password',
  'user.password_change_failed': 'failed to change the password',
  'session.revoke': 'signed out',
  'session.reuse': 'used a session twice, which ended it',
  'api_key.create': 'made an API key',
  'api_key.delete': 'revoked an API key',
  'job.create': 'created a job',
  'job.update': 'changed a job',
  'job.pause': 'paused a job',
  'job.resume': 'resumed a job',
  'job.cancel': 'cancelled a job',
  'job.reschedule': 'rescheduled a job',
  'job.delete': 'deleted a job',
  'job.trigger': 'ran a job by hand',
  'job.backfill': 'started a backfill',
  'job.test_notifications': 'tested the notifications of a job',
  'job.resend_notification': 'sent a notification again',
  'backfill.cancel': 'cancelled a backfill',
  'catchup.release': 'released what was to be caught up with',
  'catchup.drop': 'dropped what was to be caught up with',
  'execution.cancel': 'cancelled a run',
  'execution.retry': 'repeated a run',
  'secret.create': 'kept a secret',
  'secret.update': 'changed a secret',
  'secret.delete': 'deleted a secret',
  'calendar.create': 'made a calendar',
  'calendar.update': 'changed a calendar',
  'calendar.import': 'imported into a calendar',
  'calendar.delete': 'deleted a calendar',
  'system.pause': 'paused everything',
  'system.resume': 'resumed everything',
};

/** Kinds of actions: the part before the dot. */
const KIND_WORDS = {
  job: 'Jobs',
  execution: 'Runs',
  backfill: 'Backfills',
  catchup: 'Catching up',
  user: 'Accounts and sign-ins',
  session: 'Sessions',
  api_key: 'API keys',
  secret: 'Secrets',
  calendar: 'Calendars',
  system: 'Everything',
} as const;

type Kind = keyof typeof KIND_WORDS;
const KINDS = Object.keys(KIND_WORDS) as Kind[];
const ACTIONS = Object.keys(ACTION_WORDS) as AuditAction[];

/** What can be filtered by: a kind, or one action. */
export const ACTION_CHOICES: readonly string[] = [...KINDS, ...ACTIONS];

/** The same to choose from, by kind. */
export const ACTION_GROUPS = KINDS.map((kind) => {
  const actions = ACTIONS.filter((action) => action.startsWith(`${kind}.`));
  return {
    group: KIND_WORDS[kind],
    items: [
      ...(actions.length > 1
        ? [{ value: kind as string, label: `All of ${KIND_WORDS[kind].toLowerCase()}` }]
        : []),
      ...actions.map((action) => ({ value: action as string, label: sentence(ACTION_WORDS[action]) })),
    ],
  };
});

/** Who it was: an address as it was then, or what stands for it. */
export function actorOf({ actorEmail, action }: Pick<AuditEventDto, 'actorEmail' | 'action'>): string {
  if (actorEmail !== null) return actorEmail;
  return action === 'user.login_failed' || action === 'user.lock' ? 'Somebody unknown' : 'Chronos';
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
