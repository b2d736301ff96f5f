import { Injectable } from '@nestjs/common';
import { ChronosConfig } from '#config';
import { pingQueueBackend } from '#queue';

/** Each ping opens a connection of its own, and anybody may ask for the health: so one answer serves all for this long. */
const FRESH_MS = 2_000;

/** Can the queue backend be reached? Never throws. */
@Injectable()
export class QueueHealth {
  #answer: Promise<boolean> | undefined;
  #askedAt = -Infinity;

  constructor(private readonly config: ChronosConfig) {}

  isUp(): Promise<boolean> {
    const now = performance.now();
    if (!this.#answer || now - this.#askedAt > FRESH_MS) {
      this.#askedAt = now;
      this.#answer = pingQueueBackend(this.config).then(
        () => true,
        () => false,
      );
    }
    return this.#answer;
  }
}
