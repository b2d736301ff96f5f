import { BACKOFF_STRATEGIES, type BackoffPolicy, type BackoffStrategy, DEFAULT_BACKOFF } from '#contracts';
import { ChoiceField, IntField, NumberField } from '../../http/index.js';

export const DAY_MS = 86_400_000;

/** The wait before each retry. */
export class BackoffDto implements Partial<BackoffPolicy> {
  @ChoiceField(BACKOFF_STRATEGIES, {
    optional: true,
    enumName: 'BackoffStrategy',
    description:
      'How the wait before attempt n grows: `exponential` `retryDelay * factor^(n-2)`, `linear` `retryDelay * (n-1)`, `fixed` not at all.',
    default: DEFAULT_BACKOFF.strategy,
  })
  strategy?: BackoffStrategy;

  @NumberField({
    optional: true,
    min: 1,
    max: 100,
    description: 'Base of the exponential strategy.',
    default: DEFAULT_BACKOFF.factor,
  })
  factor?: number;

  @IntField({
    optional: true,
    min: 0,
    max: DAY_MS,
    unit: 'milliseconds',
    description: 'Longest single wait, in milliseconds.',
    default: DEFAULT_BACKOFF.maxDelay,
  })
  maxDelay?: number;

  @NumberField({
    optional: true,
    min: 0,
    max: 1,
    description: 'Share of each wait that is drawn at random and taken off.',
    default: DEFAULT_BACKOFF.jitter,
  })
  jitter?: number;
}
