/** What the fields of the API are called on the form, in its order. */
export const LABELS = {
  name: 'Name',
  description: 'Description',
  tags: 'Tags',
  scheduleType: 'Runs',
  scheduledAt: 'At',
  cronExpression: 'Cron expression',
  every: 'Every',
  timezone: 'Time zone',
  calendars: 'Calendars',
  after: 'After',
  type: 'Type',
  payload: 'Payload',
  secretFields: 'Also keep secret',
  'payload.method': 'Method',
  'payload.url': 'URL',
  'payload.headers': 'Headers',
  'payload.body': 'Body',
  'payload.expectedStatus': 'Expected status',
  'payload.timeout': 'Time-out in the payload',
  'payload.data': 'Data',
  'payload.secret': 'Signing secret',
  'payload.command': 'Command',
  'payload.args': 'Arguments',
  'payload.cwd': 'Working directory',
  'payload.env': 'Environment',
  'payload.stdin': 'Standard input',
  'payload.to': 'To',
  'payload.cc': 'Cc',
  'payload.bcc': 'Bcc',
  'payload.subject': 'Subject',
  'payload.text': 'Text',
  'payload.html': 'HTML',
  'payload.handler': 'Handler',
  startsAt: 'Not before',
  endsAt: 'Not after',
  maxRuns: 'Ends after so many runs',
  jitter: 'Jitter',
  dstGap: 'A time the clocks leave out',
  dstOverlap: 'A time the clocks repeat',
  maxRetries: 'Retries',
  retryDelay: 'First wait',
  'backoff.strategy': 'Waits',
  'backoff.factor': 'Factor',
  'backoff.maxDelay': 'Longest wait',
  'backoff.jitter': 'Shorten waits at random by up to',
  timeout: 'Time-out of an attempt',
  priority: 'Priority, 0 to 10',
  overlapPolicy: 'While one is not over',
  maxConcurrency: 'At most at once',
  misfirePolicy: 'Runs missed while Chronos was down',
  catchupWindow: 'If missed within the last',
  pauseAfterFailures: 'Pause after so many failures in a row',
  notifications: 'Notifications',
  'notifications.onFailure': 'Tell of failures',
  'notifications.onSuccess': 'Tell of successes',
  'notifications.onRecovered': 'Tell of recoveries',
  'notifications.afterFailures': 'Not before so many failures in a row',
  'notifications.email': 'E-mail address',
  'notifications.webhook.url': 'Webhook URL',
  'notifications.webhook.secret': 'Webhook secret',
  'notifications.slack.url': 'Slack webhook URL',
} as const;

export type FieldName = keyof typeof LABELS;

/** What any field of the API is called: `payload.headers.accept` is `Headers: accept`, `after.0.jobId` is `After, 1`. */
export function labelOf(field: string): string {
  const known = knownIn(field);
  if (known === undefined) return field;
  const label = LABELS[known];
  const rest = field.slice(known.length + 1);
  if (rest === '') return label;
  return known === 'after' ? `${label}, ${Number.parseInt(rest, 10) + 1}` : `${label}: ${rest}`;
}

/** Where on the form a field stands: a number to sort by. */
export function placeOf(field: string): number {
  const known = knownIn(field);
  const all = Object.keys(LABELS);
  return known === undefined ? all.length : all.indexOf(known);
}

/** The field itself, or the nearest one it is a part of. */
function knownIn(field: string): FieldName | undefined {
  const parts = field.split('.');
  const names = parts.map((_part, index) => parts.slice(0, index + 1).join('.'));
  return names.findLast((name): name is FieldName => Object.hasOwn(LABELS, name));
}
