import { describe, expect, it } from 'vitest';
import type { ChronosConfig } from '#config';
import type { DatabaseIndicator, QueueIndicator, SystemFiguresService } from '#monitoring';
import { ServiceHealth } from './service-health.service.js';

function healthWith(given: { database: boolean; queue: boolean; backend: 'redis' | 'postgres' }) {
  const dependency = (isUp: boolean) => ({
    check: () => (isUp ? Promise.resolve() : Promise.reject(new Error('down'))),
  });
  return new ServiceHealth(
    dependency(given.database) as DatabaseIndicator,
    dependency(given.queue) as unknown as QueueIndicator,
    { isPaused: () => Promise.resolve(true) } as SystemFiguresService,
    { queue: { backend: given.backend } } as ChronosConfig,
  );
}

describe('ServiceHealth', () => {
  it.each([
    [true, true, 'redis', 'healthy', 'up', 'up', 'up'],
    [true, true, 'postgres', 'healthy', 'up', 'disabled', 'up'],
    [true, false, 'redis', 'degraded', 'up', 'down', 'down'],
    [false, true, 'redis', 'unhealthy', 'down', 'up', 'up'],
    [false, false, 'postgres', 'unhealthy', 'down', 'disabled', 'down'],
  ] as const)(
    'database %s, queue %s on %s: %s',
    async (isDatabaseUp, isQueueUp, backend, status, database, redis, queue) => {
      const report = await healthWith({ database: isDatabaseUp, queue: isQueueUp, backend }).report();
      const paused = isDatabaseUp ? true : null;
      expect(report).toMatchObject({ status, database, redis, queue, paused });
    },
  );
});
