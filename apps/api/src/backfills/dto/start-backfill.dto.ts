import { BACKFILL_MODES, BACKFILL_OVERLAPS, type BackfillMode, type BackfillOverlap } from '#contracts';
import type { BackfillInput } from '#jobs';
import { BooleanField, ChoiceField, InstantField, IntField } from '../../http/index.js';

export class StartBackfillDto implements BackfillInput {
  @InstantField({ description: 'First nominal time, included.', example: '2026-01-01T00:00:00Z' })
  from!: Date;

  @InstantField({
    description: 'Last nominal time, included. What is still to come is left to the schedule.',
    example: '2026-01-31T23:59:59Z',
  })
  to!: Date;

  @ChoiceField(BACKFILL_MODES, {
    enumName: 'BackfillMode',
    description:
      '`missing`: times that nothing ran. `failed`: times whose runs did not complete. `all`: all of them, also those that completed.',
    example: 'missing',
  })
  mode!: BackfillMode;

  @IntField({
    optional: true,
    min: 1,
    max: 6_000,
    description: 'Executions begun in a minute, at most. Left out: as fast as the overlap policy lets.',
    example: 30,
  })
  ratePerMinute?: number;

  @ChoiceField(BACKFILL_OVERLAPS, {
    optional: true,
    enumName: 'BackfillOverlap',
    description:
      '`buffer_all`: one after another. `allow_all`: up to ten side by side, fewer where `maxConcurrency` says so. Left out: `allow_all` where the job has it, else `buffer_all`.',
  })
  overlapPolicy?: BackfillOverlap;

  @BooleanField({
    optional: true,
    description: "Run also what the job's calendars leave out.",
    default: false,
  })
  includeBlackouts?: boolean;

  @BooleanField({ optional: true, description: 'Say what it would do, and do nothing.', default: false })
  dryRun?: boolean;
}
