import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Injectable, Logger, type Type } from '@nestjs/common';
import type { Job } from 'bullmq';
import type { JobType } from '#contracts';
import { CONSUMER_OPTIONS, type ExecutionMessage, queueName } from '#queue';
import { ExecutionIntake } from '../run/execution-intake.service.js';

/** The consuming end of one type's queue. */
@Injectable()
export abstract class ExecutionProcessor extends WorkerHost {
  readonly #logger = new Logger('ExecutionProcessor');

  constructor(private readonly intake: ExecutionIntake) {
    super();
  }

  protected abstract readonly type: JobType;

  override async process(job: Job<ExecutionMessage>): Promise<void> {
    await this.intake.take(this.type, job.id ?? '', job.data);
  }

  /** Begins to consume. Nothing is consumed before: executors must be there first. */
  start(): void {
    this.worker.on('error', (error) => this.#logger.warn(`Queue of ${this.type}: ${error.message}`));
    this.worker.on('failed', (job, error) =>
      this.#logger.error(`Message ${job?.id ?? '?'} of ${this.type} could not be taken in: ${error.message}`),
    );
    this.worker.run().catch((error: unknown) => {
      this.#logger.error(`Consuming ${this.type} ended: ${String(error)}`);
    });
  }

  /** Takes no further message and waits for those being taken in. */
  async stop(): Promise<void> {
    await this.worker.close();
  }
}

/** A processor class for a type, registered against that type's queue. */
export function processorOf(type: JobType): Type<ExecutionProcessor> {
  @Processor(queueName(type), CONSUMER_OPTIONS)
  class TypeProcessor extends ExecutionProcessor {
    protected readonly type = type;
  }
  Object.defineProperty(TypeProcessor, 'name', { value: `${type}Processor` });
  return TypeProcessor;
}
