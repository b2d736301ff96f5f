/** The ways a notification can go out. Each has one `@NotificationChannel` provider in the worker. */
export const NOTIFICATION_CHANNELS = ['email', 'webhook', 'slack'] as const;
export type NotificationChannelName = (typeof NOTIFICATION_CHANNELS)[number];

/**
 * `failed`: an execution ended `failed` or `timed_out`, after its last retry. `completed`: one completed.
 * `recovered`: the first one that completed after failures that were told. `test`: none; somebody asked for a message.
 */
export const NOTIFICATION_EVENTS = ['failed', 'completed', 'recovered', 'test'] as const;
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number];

/** `pending` until it is sent or given up for good. */
export const NOTIFICATION_STATUSES = ['pending', 'sent', 'failed'] as const;
export type NotificationStatus = (typeof NOTIFICATION_STATUSES)[number];

/** Whom a job tells of how it ended, as a client says it. */
export interface JobNotifications {
  /** Default true as soon as a channel, `onRecovered` or `afterFailures` is given. */
  onFailure?: boolean;
  onSuccess?: boolean;
  onRecovered?: boolean;
  /** Tells of the nth failure in a row instead of each, and once until an execution completes. */
  afterFailures?: number;
  /** Without any channel e-mail goes to the job's owner. */
  email?: string;
  /** Signed per Standard Webhooks where a secret is given. */
  webhook?: { url: string; secret?: string };
  /** An incoming webhook as Slack, Mattermost and others offer it. */
  slack?: { url: string };
}

/** What of them is secret, as dotted paths: the address of an incoming webhook is all it takes to post there. */
export const SECRET_NOTIFICATION_FIELDS = ['webhook.secret', 'slack.url'] as const;
