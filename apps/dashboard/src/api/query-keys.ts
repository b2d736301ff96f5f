/**
 * The names data are kept under. What the server tells of live is matched to them by their beginning (`live-updates.ts`), so a
 * list belongs under `list` and everything of one thing under its `one(id)`.
 */
export const keys = {
  dashboard: (days?: number) => (days === undefined ? ['dashboard'] : ['dashboard', days]),
  system: () => ['system'],
  health: () => ['health'],
  systemPause: () => ['system-pause'],
  systemSettings: () => ['system-settings'],
  zoneChanges: () => ['zone-changes'],
  me: () => ['me'],
  users: {
    all: () => ['users'],
    list: (filter: object) => ['users', 'list', filter],
    found: (filter: object) => ['users', 'found', filter],
    names: () => ['users', 'names'],
  },
  audit: { list: (filter: object) => ['audit', 'list', filter] },
  apiKeys: () => ['api-keys'],
  secrets: () => ['secrets'],
  handlers: () => ['handlers'],
  calendarChoices: () => ['calendars', 'choices'],
  /** Answers to questions about a schedule that is being written; nothing live changes them. */
  schedules: {
    preview: (schedule: object) => ['schedules', 'preview', schedule],
    simulation: (schedule: object) => ['schedules', 'simulation', schedule],
  },
  catchUp: () => ['catch-up'],
  notifications: {
    all: () => ['notifications'],
    list: (filter: object) => ['notifications', 'list', filter],
    ofJob: (id: string) => ['notifications', 'of-job', id],
    channels: () => ['notifications', 'channels'],
  },
  jobs: {
    all: () => ['jobs'],
    lists: () => ['jobs', 'list'],
    list: (filter: object) => ['jobs', 'list', filter],
    /** Ledger, executions, logs of a job: `[...keys.jobs.one(id), 'ledger', range]`. */
    one: (id: string) => ['jobs', 'one', id],
  },
  calendars: {
    all: () => ['calendars'],
    list: (filter: object) => ['calendars', 'list', filter],
    /** Its windows and jobs, too. */
    one: (id: string) => ['calendars', 'one', id],
  },
  executions: {
    all: () => ['executions'],
    lists: () => ['executions', 'list'],
    list: (filter: object) => ['executions', 'list', filter],
    one: (id: string) => ['executions', 'one', id],
  },
};
