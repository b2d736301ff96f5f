import { Injectable } from '@nestjs/common';
import { ChronosConfig } from '#config';
import { pingQueueBackend } from '#queue';
import type { ReadinessIndicator } from './readiness.js';

/** Each ping opens a connection of its own, and anybody may ask for the health: so one answer serves all for this long. */
const FRESH_MS = 2_000;

/** The queue's backend answers. Nothing runs without it, though jobs are still taken and stored. */
@Injectable()
export class QueueIndicator implements ReadinessIndicator {
  readonly name = 'queue';
  #answer: Promise<void> | undefined;
  #askedAt = -Infinity;

  constructor(private readonly config: ChronosConfig) {}

  check(): Promise<void> {
    const now = performance.now();
    if (!this.#answer || now - this.#askedAt > FRESH_MS) {
      this.#askedAt = now;
      this.#answer = this.#ping();
    }
    return this.#answer;
  }

  async #ping(): Promise<void> {
    try {
      await pingQueueBackend(this.config);
    } catch (cause) {
      // Probes are public: the driver's words, with its addresses, stay inside.
      throw new Error('The queue backend does not answer', { cause });
    }
  }
}
