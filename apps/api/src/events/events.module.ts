import { Module } from '@nestjs/common';
import { AuthModule } from '#auth';
import { JobsModule } from '#jobs';
import { ChangeFeed } from './change-feed.service.js';
import { DashboardEvents } from './dashboard-events.service.js';
import { EventStreams } from './event-streams.service.js';
import { EventsController } from './events.controller.js';
import { ExecutionEvents } from './execution-events.service.js';

@Module({
  imports: [AuthModule, JobsModule],
  controllers: [EventsController],
  providers: [ChangeFeed, DashboardEvents, EventStreams, ExecutionEvents],
})
export class EventsModule {}
