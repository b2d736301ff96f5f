import { Injectable } from '@nestjs/common';
import { ChronosConfig } from '#config';
import { pingQueueBackend } from '#queue';
import type { ReadinessIndicator } from './readiness.js';

/** The queue's backend answers. A worker can take nothing in without it. */
@Injectable()
export class QueueIndicator implements ReadinessIndicator {
  readonly name = 'queue';

  constructor(private readonly config: ChronosConfig) {}

  async check(): Promise<void> {
    try {
      await pingQueueBackend(this.config);
    } catch (cause) {
      // Probes are public: the driver's words, with its addresses, stay inside.
      throw new Error('The queue backend does not answer', { cause });
    }
  }
}
