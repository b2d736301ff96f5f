import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UserEntity } from '#auth';
import { CalendarsModule } from '#calendars';
import { ExecutionsModule } from '#executions';
import { NotificationsModule } from '#notifications';
import { SecretsModule } from '#secrets';
import { BulkJobs } from './commands/bulk-jobs.service.js';
import { CancelBackfill } from './backfill/cancel-backfill.service.js';
import { FindBackfills } from './backfill/find-backfills.service.js';
import { StartBackfill } from './backfill/start-backfill.service.js';
import { ChangeCalendar } from './calendars/change-calendar.service.js';
import { ImportCalendar } from './calendars/import-calendar.service.js';
import { FindCatchups } from './catchup/find-catchups.service.js';
import { ReviewCatchups } from './catchup/review-catchups.service.js';
import { FindChain } from './chain/find-chain.service.js';
import { UnlinkJobs } from './chain/unlink-jobs.service.js';
import { ChangeJob } from './commands/change-job.service.js';
import { CreateJob } from './commands/create-job.service.js';
import { JobAudit } from './commands/job-audit.service.js';
import { JobLifecycle } from './commands/job-lifecycle.service.js';
import { NotificationCommands } from './commands/notification-commands.service.js';
import { ResolveDefinition } from './commands/resolve-definition.service.js';
import { RunJob } from './commands/run-job.service.js';
import { BackfillOccurrenceEntity } from './entities/backfill-occurrence.entity.js';
import { BackfillEntity } from './entities/backfill.entity.js';
import { CatchupReviewEntity } from './entities/catchup-review.entity.js';
import { IdempotencyKeyEntity } from './entities/idempotency-key.entity.js';
import { JobVersionEntity } from './entities/job-version.entity.js';
import { ChainLinkEntity } from './entities/chain-link.entity.js';
import { JobEntity } from './entities/job.entity.js';
import { ScheduleGapEntity } from './entities/schedule-gap.entity.js';
import { FindLedger } from './ledger/find-ledger.service.js';
import { LedgerColumns } from './ledger/ledger-columns.service.js';
import { FindActivity } from './read/find-activity.service.js';
import { PreviewSchedule } from './preview/preview-schedule.service.js';
import { FindHistory } from './read/find-history.service.js';
import { FindJobStats } from './read/find-job-stats.service.js';
import { FindJobs } from './read/find-jobs.service.js';
import { SystemPause } from './system-pause/system-pause.service.js';
import { SimulateSchedule } from './simulate/simulate-schedule.service.js';
import { ZoneChangeEntity } from './entities/zone-change.entity.js';
import { ZoneDataEntity } from './entities/zone-data.entity.js';
import { FindZoneChanges } from './zones/find-zone-changes.service.js';

const SERVICES = [
  BulkJobs,
  CancelBackfill,
  ChangeCalendar,
  ChangeJob,
  CreateJob,
  FindActivity,
  FindBackfills,
  FindCatchups,
  FindChain,
  FindHistory,
  FindJobs,
  FindJobStats,
  FindLedger,
  FindZoneChanges,
  ImportCalendar,
  JobAudit,
  JobLifecycle,
  LedgerColumns,
  NotificationCommands,
  ResolveDefinition,
  PreviewSchedule,
  ReviewCatchups,
  RunJob,
  SimulateSchedule,
  StartBackfill,
  SystemPause,
  UnlinkJobs,
];

/** Jobs as the API works with them. Workers add planning with `PlanningModule`. */
@Module({
  imports: [
    // Jobs belong to users: TypeORM wants to know both ends of a foreign key.
    TypeOrmModule.forFeature([
      JobEntity,
      ChainLinkEntity,
      JobVersionEntity,
      ScheduleGapEntity,
      IdempotencyKeyEntity,
      ZoneChangeEntity,
      ZoneDataEntity,
      BackfillEntity,
      BackfillOccurrenceEntity,
      CatchupReviewEntity,
      UserEntity,
    ]),
    CalendarsModule,
    ExecutionsModule,
    NotificationsModule,
    SecretsModule,
  ],
  providers: SERVICES,
  exports: [...SERVICES, ExecutionsModule, NotificationsModule],
})
export class JobsModule {}
