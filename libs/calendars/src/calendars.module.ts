import { Module } from '@nestjs/common';
import { FindCalendars } from './find-calendars.service.js';

/** Reading calendars. Changing one concerns the jobs that name it, and is theirs (`#jobs`). */
@Module({ providers: [FindCalendars], exports: [FindCalendars] })
export class CalendarsModule {}
