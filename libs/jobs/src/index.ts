export {
  type CalendarInput,
  type CalendarPatch,
  ChangeCalendar,
} from './calendars/change-calendar.service.js';
export { type CalendarImportReport, ImportCalendar } from './calendars/import-calendar.service.js';
export {
  BULK_ACTIONS,
  BULK_LIMIT,
  type BulkAction,
  BulkJobs,
  type BulkReport,
  type BulkRequest,
} from './commands/bulk-jobs.service.js';
export type { BackfillView } from './backfill/backfill-view.js';
export { CancelBackfill } from './backfill/cancel-backfill.service.js';
export { FeedBackfills } from './backfill/feed-backfills.service.js';
export { FindBackfills } from './backfill/find-backfills.service.js';
export {
  type BackfillForecast,
  type BackfillInput,
  StartBackfill,
} from './backfill/start-backfill.service.js';
export { heldSql } from './catchup/held.js';
export { type CatchupView, FindCatchups } from './catchup/find-catchups.service.js';
export {
  type CatchupDecision,
  type DropInput,
  type ReleaseInput,
  ReviewCatchups,
} from './catchup/review-catchups.service.js';
export { ChangeJob } from './commands/change-job.service.js';
export { CreateJob } from './commands/create-job.service.js';
export { JobLifecycle } from './commands/job-lifecycle.service.js';
export { NotificationCommands } from './commands/notification-commands.service.js';
export { RunJob, type TriggerInput } from './commands/run-job.service.js';
export { BackfillOccurrenceEntity } from './entities/backfill-occurrence.entity.js';
export { BackfillEntity } from './entities/backfill.entity.js';
export { CatchupReviewEntity } from './entities/catchup-review.entity.js';
export { IdempotencyKeyEntity } from './entities/idempotency-key.entity.js';
export { ChainLinkEntity } from './entities/chain-link.entity.js';
export { JobEntity } from './entities/job.entity.js';
export { JobVersionEntity } from './entities/job-version.entity.js';
export { ZoneChangeEntity } from './entities/zone-change.entity.js';
export { ZoneDataEntity } from './entities/zone-data.entity.js';
export { ScheduleGapEntity } from './entities/schedule-gap.entity.js';
export type { IdempotencyRequest } from './idempotency/run-once.js';
export { definitionOf, type JobDefinition } from './job-definition.js';
export type { ChainInput, JobInput, JobPatch, ScheduleInput } from './job-input.js';
export type { JobView } from './job-view.js';
export { JobsModule } from './jobs.module.js';
export { FindLedger, type Ledger } from './ledger/find-ledger.service.js';
export type {
  LedgerEntry,
  LedgerExecution,
  LedgerForecast,
  LedgerGap,
  LedgerOutcome,
  LedgerReview,
} from './ledger/ledger-entry.js';
export { type JobColumns, type LedgerColumn, LedgerColumns } from './ledger/ledger-columns.service.js';
export { type LedgerReport, verifyLedger } from './ledger/verify-ledger.js';
export { FindActivity, type JobActivity, RECENT_RUNS, type RecentRun } from './read/find-activity.service.js';
export { FindJobStats, type JobStats, type RunFigures } from './read/find-job-stats.service.js';
export { type ChainEdgeView, type ChainJob, type ChainView, FindChain } from './chain/find-chain.service.js';
export { ParentRuns } from './chain/parent-runs.service.js';
export { FollowChains } from './chain/follow-chains.service.js';
export { Planner } from './planning/planner.service.js';
export { PlanDueJobs } from './planning/plan-due-jobs.service.js';
export { ScheduleUpkeep } from './planning/schedule-upkeep.service.js';
export { PlanningModule } from './planning.module.js';
export { type PreviewRequest, PreviewSchedule } from './preview/preview-schedule.service.js';
export type { PreviewedTime, SkippedTimes } from './preview/preview-times.js';
export { FindHistory, type NamedExecutionView } from './read/find-history.service.js';
export {
  FindJobs,
  JOB_SORTS,
  type JobFilter,
  type JobList,
  type JobPosition,
  type JobSelection,
  type JobSort,
} from './read/find-jobs.service.js';
export { JobDefinitions, type VersionedDefinition } from './read/job-definitions.service.js';
export { effectiveTime } from './schedule/effective-time.js';
export { runsNextAtSql } from './schedule/next-run.js';
export { scheduleWithCalendars } from './schedule/schedule-with-calendars.js';
export { SystemPause } from './system-pause/system-pause.service.js';
export type { SystemPauseView } from './system-pause/system-pause-view.js';
export { SettleSystemPause } from './system-pause/settle-system-pause.service.js';
export type { RecordedDurations } from './simulate/recorded-durations.js';
export {
  type SimulationReport,
  type SimulationRequest,
  SimulateSchedule,
} from './simulate/simulate-schedule.service.js';
export {
  FindZoneChanges,
  type ZoneChangeFilter,
  type ZoneChangeList,
  type ZoneChangeSide,
  type ZoneChangeView,
} from './zones/find-zone-changes.service.js';
export { FollowZoneData } from './zones/follow-zone-data.service.js';
