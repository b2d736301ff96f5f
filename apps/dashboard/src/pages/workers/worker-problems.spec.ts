import { describe, expect, it } from 'vitest';
import type { SystemDto, WorkerDto } from '#client';
import { problemsOf } from './worker-problems.js';

const WORKER = {
  id: '1',
  host: 'worker-1',
  pid: 42,
  version: '1.0.0',
  types: ['http', 'script'],
  roles: ['execute', 'plan', 'notify'],
  state: 'alive',
} as unknown as WorkerDto;
const NONE = { waiting: 0, active: 0, oldestWaitMs: null };

function system(workers: Partial<WorkerDto>[], more: Partial<SystemDto> = {}): SystemDto {
  return {
    workers: workers.map((worker) => ({ ...WORKER, ...worker })),
    queues: { http: NONE, script: NONE, email: NONE },
    planner: { lagMs: 0 },
    process: { version: '1.0.0' },
    ...more,
  } as unknown as SystemDto;
}

const titles = (given: SystemDto, health?: { queue: 'up' | 'down'; redis: 'up' | 'down' | 'disabled' }) =>
  problemsOf(given, health).map(({ title }) => title);

describe('what is wrong with the workers', () => {
  it('is nothing where one does it all', () => {
    expect(titles(system([{}]), { queue: 'up', redis: 'up' })).toEqual([]);
  });

  it('is one thing where none is alive', () => {
    expect(titles(system([{ state: 'silent' }], { planner: { lagMs: 60_000 } }))).toEqual([
      'No worker is alive',
    ]);
  });

  it('names the role that nobody has, though somebody silent had it', () => {
    expect(titles(system([{ roles: ['execute'] }, { roles: ['plan', 'notify'], state: 'silent' }]))).toEqual([
      'No worker plans',
      'No worker sends notifications',
      'worker-1 (42) is silent',
    ]);
  });

  it('names a type that waits for a worker that is not there', () => {
    const queues = { http: NONE, script: NONE, email: { waiting: 1, active: 0, oldestWaitMs: 9 } };
    expect(titles(system([{}], { queues }))).toEqual(['No worker runs email jobs, and 1 waits']);
  });

  it.each([
    ['disabled', 'The queue cannot be reached'],
    ['down', 'Redis cannot be reached'],
  ] as const)('names the queue that is away (Redis: %s)', (redis, title) => {
    expect(titles(system([{}]), { queue: 'down', redis })).toEqual([title]);
  });

  it('tells of planners that lag, and of versions that differ', () => {
    expect(titles(system([{ version: '0.9.0' }], { planner: { lagMs: 12_000 } }))).toEqual([
      'What is due is dispatched 12 s late',
      'Workers of 0.9.0 beside an API of 1.0.0',
    ]);
  });
});
