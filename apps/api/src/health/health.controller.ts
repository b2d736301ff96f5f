import { Controller, Get, Inject, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '#auth';
import { RawAnswer } from '../http/index.js';
import { ProbeFilter } from './probe.filter.js';
import { READINESS_INDICATORS, type ReadinessIndicator } from './readiness.js';

const CHECK_TIMEOUT_MS = 2_000;

/** The probes of an orchestrator, in Terminus' own form and outside `/api/v1`. */
@ApiExcludeController()
@Controller('health')
@Public()
@SkipThrottle({ default: true, auth: true })
@RawAnswer()
@UseFilters(ProbeFilter)
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    @Inject(READINESS_INDICATORS) private readonly indicators: ReadinessIndicator[],
  ) {}

  /** The event loop turns. Never depends on anything else: a restart mends no database. */
  @Get('live')
  live() {
    return this.health.check([]);
  }

  /** Everything a request needs is there. 503 tells the load balancer to look elsewhere. */
  @Get('ready')
  ready() {
    return this.health.check(
      this.indicators.map(
        (dependency) => () =>
          this.indicator
            .check(dependency.name)
            .attempt(() => dependency.check())
            .withTimeout(CHECK_TIMEOUT_MS),
      ),
    );
  }
}
