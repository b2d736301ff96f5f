import { expect, it } from 'vitest';
import { labelOf, placeOf } from './labels.js';

it.each([
  ['name', 'Name'],
  ['payload.url', 'URL'],
  ['payload.headers.X-Kind', 'Headers: X-Kind'],
  ['payload.body.a.0', 'Body: a.0'],
  ['payload.unheard', 'Payload: unheard'],
  ['after.1.jobId', 'After, 2'],
  ['constructor', 'constructor'],
])('%s is called %s', (field, label) => {
  expect(labelOf(field)).toBe(label);
});

it('sorts as the form stands, what it does not know last', () => {
  const fields = ['unheard', 'payload.url', 'maxRetries', 'after.0.jobId', 'name'];
  expect(fields.toSorted((one, other) => placeOf(one) - placeOf(other))).toEqual([
    'name',
    'after.0.jobId',
    'payload.url',
    'maxRetries',
    'unheard',
  ]);
});
