import { Controller, Get, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '#auth';
import { HealthProbes, ProbeFilter } from '#monitoring';
import { RawAnswer } from '../http/index.js';

/** The probes of an orchestrator, in Terminus' own form and outside `/api/v1`. */
@ApiExcludeController()
@Controller('health')
@Public()
@SkipThrottle({ default: true, auth: true })
@RawAnswer()
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
