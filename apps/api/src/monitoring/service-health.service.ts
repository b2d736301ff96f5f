import { Injectable } from '@nestjs/common';
import { ChronosConfig } from '#config';
import { CHRONOS_VERSION, DatabaseIndicator } from '#monitoring';
import { QueueHealth } from '../health/queue-health.service.js';
import type { HealthDto } from './dto/health.dto.js';

/** How the service as a whole is, as far as one API process can tell. */
@Injectable()
export class ServiceHealth {
  constructor(
    private readonly database: DatabaseIndicator,
    private readonly queue: QueueHealth,
    private readonly config: ChronosConfig,
  ) {}

  async report(): Promise<HealthDto> {
    const [isDatabaseUp, isQueueUp] = await Promise.all([
      this.database.check().then(
        () => true,
        () => false,
      ),
      this.queue.isUp(),
    ]);
    const queue = isQueueUp ? 'up' : 'down';
    return {
      status: !isDatabaseUp ? 'unhealthy' : isQueueUp ? 'healthy' : 'degraded',
      database: isDatabaseUp ? 'up' : 'down',
      redis: this.config.queue.backend === 'redis' ? queue : 'disabled',
      queue,
      uptime: Math.round(process.uptime() * 1_000),
      version: CHRONOS_VERSION,
    };
  }
}
