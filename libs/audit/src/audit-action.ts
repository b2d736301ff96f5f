/**
 * Everything the audit trail tells of: `<kind of thing>.<what was done to it>`. Stable: a filter or an alert may name
 * one, so none is ever renamed.
 */
export const AUDIT_ACTIONS = [
  'user.create',
  'user.register',
  'user.login',
  'user.login_failed',
  'user.lock',
  'user.unlock',
  'user.update',
  'user.role',
  'user.suspend',
  'user.activate',
  'user.password_change',
  'user.password_change_failed',
  'session.revoke',
  'session.reuse',
  'api_key.create',
  'api_key.delete',
  'job.create',
  'job.update',
  'job.pause',
  'job.resume',
  'job.cancel',
  'job.reschedule',
  'job.delete',
  'job.trigger',
  'job.backfill',
  'job.test_notifications',
  'job.resend_notification',
  'backfill.cancel',
  'catchup.release',
  'catchup.drop',
  'execution.cancel',
  'execution.retry',
  'secret.create',
  'secret.update',
  'secret.delete',
  'calendar.create',
  'calendar.update',
  'calendar.import',
  'calendar.delete',
  'system.pause',
  'system.resume',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The kinds of things that actions are done to. */
export const AUDIT_TARGETS = [
  'user',
  'session',
  'api_key',
  'job',
  'execution',
  'backfill',
  'secret',
  'calendar',
  'system',
] as const;
export type AuditTarget = (typeof AUDIT_TARGETS)[number];
