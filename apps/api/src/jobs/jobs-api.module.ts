import { Module } from '@nestjs/common';
import { CalendarsModule } from '#calendars';
import { JobsModule } from '#jobs';
import { AllExecutionsController } from '../executions/all-executions.controller.js';
import { BackfillsController } from '../backfills/backfills.controller.js';
import { CatchupController } from '../catchup/catchup.controller.js';
import { ExecutionsController } from '../executions/executions.controller.js';
import { HandlersController } from '../handlers/handlers.controller.js';
import { NotificationsController } from '../notifications/notifications.controller.js';
import { SchedulesController } from '../schedules/schedules.controller.js';
import { BulkJobsController } from './bulk-jobs.controller.js';
import { JobActionsController } from './job-actions.controller.js';
import { JobChartsController } from './job-charts.controller.js';
import { JobChainController } from './job-chain.controller.js';
import { JobHistoryController } from './job-history.controller.js';
import { JobsController } from './jobs.controller.js';

/** Jobs, what became of them, and what helps to write them: one library serves all of it. */
@Module({
  imports: [CalendarsModule, JobsModule],
  controllers: [
    BulkJobsController,
    JobChartsController,
    JobsController,
    JobActionsController,
    JobChainController,
    JobHistoryController,
    AllExecutionsController,
    BackfillsController,
    CatchupController,
    ExecutionsController,
    NotificationsController,
    SchedulesController,
    HandlersController,
  ],
})
export class JobsApiModule {}
