import { Module } from '@nestjs/common';
import { CalendarsModule } from '#calendars';
import { JobsModule } from '#jobs';
import { CalendarImportController } from './calendar-import.controller.js';
import { CalendarsController } from './calendars.controller.js';

@Module({
  imports: [CalendarsModule, JobsModule],
  controllers: [CalendarsController, CalendarImportController],
})
export class CalendarsApiModule {}
