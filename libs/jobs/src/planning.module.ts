import { Module } from '@nestjs/common';
import { ExecutionEngineModule } from '#executions';
import { FeedBackfills } from './backfill/feed-backfills.service.js';
import { JobDefinitions } from './read/job-definitions.service.js';
import { SecretsModule } from '#secrets';
import { FollowChains } from './chain/follow-chains.service.js';
import { ParentRuns } from './chain/parent-runs.service.js';
import { PlanDueJobs } from './planning/plan-due-jobs.service.js';
import { ScheduleUpkeep } from './planning/schedule-upkeep.service.js';
import { SettleSystemPause } from './system-pause/settle-system-pause.service.js';
import { Planner } from './planning/planner.service.js';
import { FollowZoneData } from './zones/follow-zone-data.service.js';

/** What worker processes need of jobs: planning what comes due, and the definitions executions run from. */
@Module({
  imports: [ExecutionEngineModule, SecretsModule],
  providers: [
    FeedBackfills,
    FollowZoneData,
    JobDefinitions,
    PlanDueJobs,
    Planner,
    ScheduleUpkeep,
    SettleSystemPause,
    FollowChains,
    ParentRuns,
  ],
  exports: [
    FollowZoneData,
    FeedBackfills,
    FollowChains,
    JobDefinitions,
    ParentRuns,
    PlanDueJobs,
    Planner,
    ScheduleUpkeep,
    SettleSystemPause,
    ExecutionEngineModule,
    SecretsModule,
  ],
})
export class PlanningModule {}
