import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ChronosConfig } from '#config';
import { type Executor, type ExecutorSource, JOB_TYPES, type JobType } from '#contracts';
import { JobExecutor } from './job-executor.decorator.js';
import { ExecutorStartupError } from './startup-error.js';

type Provider = ReturnType<DiscoveryService['getProviders']>[number];

/**
 * Every `@JobExecutor` of the application by its type. Complete once modules are initialised: a duplicate, a
 * malformed one, or none for a type this worker runs (`WORKER_TYPES`) is an `ExecutorStartupError`.
 */
@Injectable()
export class ExecutorRegistry implements ExecutorSource, OnModuleInit {
  private readonly executors = new Map<JobType, { executor: Executor; className: string }>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly config: ChronosConfig,
  ) {}

  onModuleInit(): void {
    const faults = this.discovery
      .getProviders({ metadataKey: JobExecutor.KEY })
      .flatMap((provider) => this.register(provider) ?? []);
    for (const type of this.config.worker.types) {
      if (this.executors.has(type)) continue;
      faults.push(
        `no executor for type "${type}", which this worker is to run: decorate a provider with @JobExecutor('${type}') or leave the type out of WORKER_TYPES`,
      );
    }
    if (faults.length > 0) throw new ExecutorStartupError('The executors are not complete', faults);
  }

  get(type: JobType): Executor {
    const entry = this.executors.get(type);
    if (!entry) throw new Error(`This worker has no executor of type "${type}".`);
    return entry.executor;
  }

  /** Takes the provider up, or says what is wrong with it. */
  private register(provider: Provider): string | undefined {
    const type = this.discovery.getMetadataByDecorator(JobExecutor, provider);
    const className = String(provider.name);
    const fault = faultOf(type, provider);
    if (fault || !type) return `${className} ${fault}`;

    const executor = provider.instance as Executor;
    const known = this.executors.get(type);
    if (!known) {
      this.executors.set(type, { executor, className });
      return undefined;
    }
    return `${className} and ${known.className} are both decorated with @JobExecutor('${type}'); keep one, provided by one module`;
  }
}

function faultOf(type: JobType | undefined, provider: Provider): string | undefined {
  if (!type || !JOB_TYPES.includes(type)) {
    return `is decorated with @JobExecutor(${JSON.stringify(type)}), which is no type of job; use one of ${JOB_TYPES.join(', ')}`;
  }
  if (!provider.isDependencyTreeStatic()) {
    return 'is request-scoped or depends on something that is; an executor must be a singleton';
  }
  const executor = provider.instance as Partial<Executor> | undefined;
  if (typeof executor?.execute !== 'function') return 'has no execute(payload, context) method';
  if (typeof executor.schema?.safeParse !== 'function')
    return 'has no schema: give the zod schema of its payload';
  return undefined;
}
