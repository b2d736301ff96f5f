import { describe, expect, it } from 'vitest';
import type { ExecutionTrigger } from '#contracts';
import { groupOccurrences } from './group-occurrences.js';

const row = (
  id: string,
  at: number,
  trigger: ExecutionTrigger,
  retry_of: string | null = null,
  chain_run: string | null = null,
) => ({ id, scheduled_for: new Date(at), trigger, retry_of, chain_run });
const shape = (rows: ReturnType<typeof row>[]) =>
  groupOccurrences(rows).map(({ newest, earlier }) => [newest, earlier].flat().map(({ id }) => id));

describe('the executions of occurrences', () => {
  it('are together by nominal time, the newest first', () => {
    expect(shape([row('1', 1, 'schedule'), row('4', 1, 'backfill'), row('2', 2, 'schedule')])).toEqual([
      ['4', '1'],
      ['2'],
    ]);
    expect(shape([row('1', 1, 'schedule'), row('2', 1, 'retry', '1'), row('3', 1, 'retry', '2')])).toEqual([
      ['3', '2', '1'],
    ]);
  });

  it('leave runs asked for apart, with their own retries', () => {
    const rows = [
      row('1', 1, 'schedule'),
      row('2', 1, 'manual'),
      row('3', 1, 'retry', '2'),
      row('4', 1, 'retry', '1'),
    ];
    expect(shape(rows)).toEqual([
      ['4', '1'],
      ['3', '2'],
    ]);
  });

  it('leave apart what different runs of other jobs set off at one moment', () => {
    const rows = [
      row('1', 1, 'chain'),
      row('2', 1, 'chain', null, 'a'),
      row('3', 1, 'retry', '2', 'a'),
      row('4', 1, 'backfill'),
    ];
    expect(shape(rows)).toEqual([
      ['4', '1'],
      ['3', '2'],
    ]);
  });

  it('stay together where retention took what was retried', () => {
    expect(shape([row('2', 1, 'retry', '1'), row('3', 1, 'backfill')])).toEqual([['3', '2']]);
  });
});
