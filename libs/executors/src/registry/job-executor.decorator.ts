import { DiscoveryService } from '@nestjs/core';
import type { JobType } from '#contracts';

/**
 * Marks a provider as the executor of a type of job: `@JobExecutor('http')`. It must implement `Executor`, be a
 * singleton, and be the only one of its type; the worker does not start otherwise.
 */
export const JobExecutor = DiscoveryService.createDecorator<JobType>();
