import { Inject, Injectable } from '@nestjs/common';
import { type HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { READINESS_INDICATORS, type ReadinessIndicator } from './readiness.js';

const CHECK_TIMEOUT_MS = 3_000;

/** The answers to an orchestrator's probes, in Terminus' own form. */
@Injectable()
export class HealthProbes {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    @Inject(READINESS_INDICATORS) private readonly indicators: ReadinessIndicator[],
  ) {}

  /** The event loop turns. Never depends on anything else: a restart mends no database. */
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }

  /** @throws ServiceUnavailableException naming what is down */
  ready(): Promise<HealthCheckResult> {
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
