import { describe, expect, it } from 'vitest';
import { faultsOf, sectionOf, standing } from './faults.js';
import { newValues } from './new-values.js';

describe('faults', () => {
  it('are sentences, the first one of each field', () => {
    const list = [
      { field: 'payload.url', message: 'must be a URL' },
      { field: 'payload.url', message: 'is too long' },
      { field: 'tags.1', message: 'must be at most 50 characters' },
      { field: 'payload.headers.5', message: 'is given twice' },
    ];
    expect(faultsOf(list)).toEqual({
      'payload.url': 'Must be a URL.',
      tags: 'Entry 2 must be at most 50 characters.',
      'payload.headers.5': 'Is given twice.',
    });
  });

  it('stand until their section is changed', () => {
    const found = newValues('UTC');
    const faults = { name: 'a', cronExpression: 'b', 'payload.url': 'c', 'backoff.factor': 'd' };
    expect(standing(faults, found, found)).toEqual(faults);
    const now = { ...found, payload: { ...found.payload } };
    expect(Object.keys(standing(faults, found, now))).toEqual(['name', 'cronExpression', 'backoff.factor']);
  });

  it.each([
    ['scheduledAt', 'schedule'],
    ['after.1.jobId', 'schedule'],
    ['secretFields', 'payload'],
    ['overlapPolicy', 'policies'],
    ['notifications.webhook.url', 'notifications'],
    ['somethingNew', 'basics'],
  ])('of %s are in %s', (field, section) => {
    expect(sectionOf(field)).toBe(section);
  });
});
