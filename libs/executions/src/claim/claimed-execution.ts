import type { JobType, JsonObject } from '#contracts';

/** An execution a worker holds: running, leased, under a fence. */
export interface ClaimedExecution {
  id: string;
  jobId: string;
  type: JobType;
  scheduledFor: Date;
  /** The attempt this claim began, from 1. */
  attempt: number;
  maxAttempts: number;
  /** Names this claim; whatever is written about the attempt must name it too. */
  fence: number;
  /** The version of the job to run. */
  jobVersion: number;
  payloadOverride: JsonObject | null;
  /** What lateness is measured from: the nominal time plus jitter. */
  effectiveAt: Date;
  /** When this attempt began. */
  startedAt: Date;
  /** Whoever feeds the backfill waits for its end. */
  isBackfill: boolean;
  /** Do other jobs run after this one? Planners are told of its end then. */
  isFollowed: boolean;
  /** The executions that set it off. */
  parentIds: string[];
}
