import { describe, expect, it } from 'vitest';
import { auditSearch } from './audit-search.js';
import { ACTION_GROUPS } from './audit-words.js';

const JOB = '01934f0c-7e2b-7d3a-9c1f-5e8b2a6d4c70';

describe('auditSearch', () => {
  it('takes what the API takes', () => {
    const all = {
      actor: 'jane@example.com',
      action: 'job',
      jobId: JOB,
      range: '7d',
      from: '2026-01-01T00:00:00.000Z',
      to: '2026-01-02T00:00:00.000Z',
    };
    expect(auditSearch(all)).toEqual(all);
    expect(auditSearch({ actor: JOB, action: 'job.update' })).toMatchObject({
      actor: JOB,
      action: 'job.update',
    });
  });

  it('leaves out what the API would refuse', () => {
    const none = auditSearch({
      actor: 'jane',
      action: 'job.fly',
      jobId: 'x',
      range: '1y',
      from: 'soon',
      to: 3,
    });
    expect(Object.values(none).every((value) => value === undefined)).toBe(true);
  });
});

describe('what can be chosen', () => {
  it('names each action once, under its kind', () => {
    const values = ACTION_GROUPS.flatMap(({ items }) => items.map(({ value }) => value));
    expect(new Set(values).size).toBe(values.length);
    expect(values).toContain('session.reuse');
    expect(values).toContain('job');
  });
});
