import { describe, expect, it } from 'vitest';
import { terminalLine } from './log-line.js';

const record = (fields: object) => JSON.stringify({ level: 30, time: 1, msg: 'hello', ...fields });

describe('terminalLine', () => {
  it.each([
    ['information', record({}), undefined],
    ['a warning', record({ level: 40, context: 'Queue' }), 'worker warn [Queue] hello'],
    ['a level by name', record({ level: 'error' }), 'worker error hello'],
    ['a cause', record({ level: 50, err: { message: 'no route' } }), 'worker error hello: no route'],
    [
      'a cause already told',
      record({ level: 50, msg: 'x: no route', err: { message: 'no route' } }),
      'worker error x: no route',
    ],
    ['text that is no record', '{ not json', 'worker: { not json'],
    ['plain text', 'booting', 'worker: booting'],
    ['an empty line', '', undefined],
  ])('%s', (_what, line, shown) => {
    expect(terminalLine('worker', line, false)).toBe(shown);
  });

  it('shows everything when asked', () => {
    expect(terminalLine('api', record({ level: 20 }), true)).toBe('api debug hello');
  });
});
