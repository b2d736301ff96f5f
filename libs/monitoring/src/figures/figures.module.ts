import { Module } from '@nestjs/common';
import { DashboardFiguresService } from './dashboard-figures.service.js';
import { SystemFiguresService } from './system-figures.service.js';

/** Figures for people and scrapes. Works in SQL alone. */
@Module({
  providers: [DashboardFiguresService, SystemFiguresService],
  exports: [DashboardFiguresService, SystemFiguresService],
})
export class FiguresModule {}
