import type {
  BackoffStrategy,
  ChainCondition,
  DstGapPolicy,
  DstOverlapPolicy,
  JobType,
  MisfirePolicy,
  OverlapPolicy,
  ScheduleType,
} from '#client';

/** A job as the form holds it: each section an object of its own, replaced whenever something in it changes. */
export interface FormValues {
  basics: BasicsValues;
  schedule: ScheduleValues;
  payload: PayloadValues;
  retries: RetryValues;
  policies: PolicyValues;
  notifications: NotificationValues;
}

export type SectionName = keyof FormValues;

export interface BasicsValues {
  name: string;
  description: string;
  tags: string[];
}

export interface ScheduleValues {
  scheduleType: ScheduleType;
  /** ISO 8601; null: not chosen yet. */
  scheduledAt: string | null;
  cronExpression: string;
  /** Milliseconds. */
  every: number | null;
  timezone: string;
  dstGap: DstGapPolicy;
  dstOverlap: DstOverlapPolicy;
  startsAt: string | null;
  endsAt: string | null;
  maxRuns: number | null;
  /** Milliseconds. */
  jitter: number | null;
  calendars: string[];
  after: ParentValues[];
}

/** A job to run after. */
export interface ParentValues {
  /** Empty: not chosen yet. */
  jobId: string;
  /** How it must have ended. */
  on: ChainCondition;
}

/** What is typed for one type is kept while another one is looked at. */
export interface PayloadValues {
  type: JobType;
  /** As JSON, for what the fields cannot say; else in fields. */
  isRaw: boolean;
  raw: string;
  http: HttpFields;
  webhook: WebhookFields;
  script: ScriptFields;
  email: EmailFields;
  custom: CustomFields;
  secretFields: string[];
}

export interface Pair {
  name: string;
  value: string;
}

export interface HttpFields {
  method: string;
  url: string;
  headers: Pair[];
  bodyKind: 'none' | 'json' | 'text';
  body: string;
  expectedStatus: string[];
  timeout: number | null;
}

export interface WebhookFields {
  url: string;
  /** JSON. */
  data: string;
  secret: string;
  headers: Pair[];
  timeout: number | null;
}

export interface ScriptFields {
  command: string;
  /** One a line. */
  args: string;
  cwd: string;
  env: Pair[];
  stdin: string;
  timeout: number | null;
}

export interface EmailFields {
  to: string[];
  cc: string[];
  bcc: string[];
  subject: string;
  text: string;
  html: string;
}

export interface CustomFields {
  handler: string;
  /** JSON; empty: none. */
  data: string;
}

export interface RetryValues {
  /** Null: as the installation has it. */
  maxRetries: number | null;
  retryDelay: number | null;
  strategy: BackoffStrategy;
  factor: number | null;
  maxDelay: number | null;
  /** 0 to 1. */
  jitter: number | null;
  timeout: number | null;
  priority: number | null;
}

export interface PolicyValues {
  overlapPolicy: OverlapPolicy;
  maxConcurrency: number | null;
  misfirePolicy: MisfirePolicy;
  catchupWindow: number | null;
  pauseAfterFailures: number | null;
}

export interface NotificationValues {
  /** Undefined: as it follows from the rest. */
  onFailure: boolean | undefined;
  onSuccess: boolean | undefined;
  onRecovered: boolean | undefined;
  afterFailures: number | null;
  email: string;
  webhookUrl: string;
  webhookSecret: string;
  slackUrl: string;
}

/** What the server shows in place of a secret; sent back, it keeps what is stored. */
export const MASK = '********';
