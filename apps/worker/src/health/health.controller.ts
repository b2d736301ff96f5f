import { Controller, Get, UseFilters } from '@nestjs/common';
import { HealthProbes, ProbeFilter } from '#monitoring';

/** The worker's only HTTP routes: an orchestrator's probes, on a port of their own. */
@Controller('health')
@UseFilters(ProbeFilter)
export class HealthController {
  constructor(private readonly probes: HealthProbes) {}

  @Get('live')
  live() {
    return this.probes.live();
  }

  @Get('ready')
  ready() {
    return this.probes.ready();
  }
}
