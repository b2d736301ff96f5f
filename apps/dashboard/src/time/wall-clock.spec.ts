import { describe, expect, it } from 'vitest';
import { momentOf, wallClock } from './wall-clock.js';

describe('the clocks of a zone', () => {
  it.each([
    ['Europe/Berlin', '2026-07-01T12:00:00', '2026-07-01T10:00:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01T00:00:00', '2025-12-31T18:15:00.000Z'],
    ['UTC', '2026-01-01T00:00:00', '2026-01-01T00:00:00.000Z'],
    // Comes twice: the first.
    ['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00.000Z'],
  ])('in %s show %s at %s', (zone, wall, at) => {
    expect(new Date(momentOf(wall, zone)).toISOString()).toBe(at);
    expect(wallClock(Date.parse(at), zone)).toBe(wall);
  });

  it('skip a time, which is as much later', () => {
    const at = momentOf('2026-03-29T02:30', 'Europe/Berlin');
    expect(wallClock(at, 'Europe/Berlin')).toBe('2026-03-29T03:30:00');
    expect(wallClock(momentOf('2026-10-04T02:15', 'Australia/Lord_Howe'), 'Australia/Lord_Howe')).toBe(
      '2026-10-04T02:45:00',
    );
  });

  it('show nothing for what is no time', () => {
    expect(momentOf('', 'UTC')).toBeNaN();
  });
});
