import { describe, expect, it } from 'vitest';
import { BACKFILL_MODES, type ExecutionStatus } from '#contracts';
import { isWanted, type OccurrenceOutcome, outcomeOf } from './occurrence-outcome.js';

describe('the outcome of a nominal time', () => {
  it.each<[ExecutionStatus[], OccurrenceOutcome]>([
    [[], 'missing'],
    [['missed'], 'missing'],
    [['skipped'], 'missing'],
    [['failed'], 'failed'],
    [['timed_out'], 'failed'],
    [['cancelled'], 'failed'],
    [['missed', 'failed'], 'failed'],
    [['failed', 'completed'], 'completed'],
    [['completed', 'failed'], 'completed'],
    [['completed', 'running'], 'live'],
    [['scheduled'], 'live'],
    [['failed', 'retrying'], 'live'],
    [['queued'], 'live'],
  ])('of %j is %s', (statuses, outcome) => {
    expect(outcomeOf(statuses)).toBe(outcome);
  });

  it.each<[OccurrenceOutcome, string[]]>([
    ['missing', ['missing', 'all']],
    ['failed', ['failed', 'all']],
    ['completed', ['all']],
    ['live', []],
    ['forgotten', ['all']],
  ])('%s is run by the modes %j', (outcome, modes) => {
    expect(BACKFILL_MODES.filter((mode) => isWanted(mode, outcome))).toEqual(modes);
  });
});
