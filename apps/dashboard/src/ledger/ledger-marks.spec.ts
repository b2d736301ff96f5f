import { expect, it } from 'vitest';
import type { LedgerDto, LedgerExecutionDto } from '#client';
import { ledgerMarks } from './ledger-marks.js';

const NOW = Date.parse('2030-01-01T12:00:00Z');
let count = 0;

function ran(
  startedAt: string,
  finishedAt: string | null,
  more: Partial<LedgerExecutionDto> = {},
): LedgerExecutionDto {
  count += 1;
  return {
    kind: 'execution',
    at: `2030-01-01T${startedAt}:00.000Z`,
    localTime: '',
    dueAt: `2030-01-01T${startedAt}:00.000Z`,
    executionId: `execution ${count}`,
    trigger: 'schedule',
    status: finishedAt === null ? 'running' : 'completed',
    reason: null,
    startedAt: `2030-01-01T${startedAt}:00.000Z`,
    finishedAt: finishedAt && `2030-01-01T${finishedAt}:00.000Z`,
    latenessMs: 0,
    backfillId: null,
    earlier: [],
    why: null,
    ...more,
  };
}

it('runs at the same time are in rows of their own, and a row is used again', () => {
  const entries = [ran('10:00', '11:00'), ran('10:30', '10:40'), ran('10:45', '11:30'), ran('11:00', null)];
  const { bars, rows } = ledgerMarks(entries, NOW);
  expect(bars.map(({ row }) => row)).toEqual([0, 1, 1, 0]);
  expect(rows).toBe(2);
  expect(bars.at(-1)?.until).toBe(NOW);
});

it('what ran beside the schedule is in a lane of its own, and a gap is a band', () => {
  const gap: LedgerDto['entries'][number] = {
    kind: 'gap',
    at: '2030-01-01T08:00:00.000Z',
    localTime: '',
    until: '2030-01-01T09:00:00.000Z',
    count: 2,
    filled: 0,
    reason: 'paused',
    detail: null,
    why: 'The job was paused.',
  };
  const marks = ledgerMarks([gap, ran('10:00', '10:01'), ran('10:02', '10:03', { trigger: 'manual' })], NOW);
  expect([marks.due.length, marks.offSchedule.length, marks.bars.length]).toEqual([1, 1, 2]);
  expect(marks.bands).toEqual([
    { from: Date.parse(gap.at), until: Date.parse(gap.until), reason: 'paused', count: 2, why: gap.why },
  ]);
});

it('what began late is late, and what has not begun waits', () => {
  const late = ran('10:00', '10:01', { latenessMs: 10_001 });
  const queued = ran('10:00', null, { status: 'queued', startedAt: null });
  const { due, bars } = ledgerMarks([late, queued], NOW);
  expect(due.map(({ kind }) => kind)).toEqual(['late', 'queued']);
  expect(bars).toHaveLength(1);
});
