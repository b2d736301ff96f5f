import { Injectable } from '@nestjs/common';
import { ChronosConfig } from '#config';
import {
  CHRONOS_VERSION,
  DatabaseIndicator,
  QueueIndicator,
  type ReadinessIndicator,
  SystemFiguresService,
} from '#monitoring';
import type { HealthDto } from './dto/health.dto.js';

/** How the service as a whole is, as far as one API process can tell. */
@Injectable()
export class ServiceHealth {
  constructor(
    private readonly database: DatabaseIndicator,
    private readonly queue: QueueIndicator,
    private readonly figures: SystemFiguresService,
    private readonly config: ChronosConfig,
  ) {}

  async report(): Promise<HealthDto> {
    const [isDatabaseUp, isQueueUp] = await Promise.all([isUp(this.database), isUp(this.queue)]);
    const queue = isQueueUp ? 'up' : 'down';
    return {
      status: !isDatabaseUp ? 'unhealthy' : isQueueUp ? 'healthy' : 'degraded',
      database: isDatabaseUp ? 'up' : 'down',
      redis: this.config.queue.backend === 'redis' ? queue : 'disabled',
      queue,
      paused: isDatabaseUp ? await this.#isPaused() : null,
      uptime: Math.round(process.uptime() * 1_000),
      version: CHRONOS_VERSION,
    };
  }

  /** Not known where the database went away meanwhile: the next look says so. */
  #isPaused(): Promise<boolean | null> {
    return this.figures.isPaused().catch(() => null);
  }
}

function isUp(dependency: ReadinessIndicator): Promise<boolean> {
  return dependency.check().then(
    () => true,
    () => false,
  );
}
