import { describe, expect, it } from 'vitest';
import { newId } from '#database';
import { type Change, decodeChanges, encodeChanges } from './change.js';

const changesOf = (count: number): Change[] =>
  Array.from({ length: count }, () => ({
    kind: 'execution',
    id: newId(),
    jobId: newId(),
    status: 'timed_out',
  }));

describe('changes on the wire', () => {
  it('arrive as they were sent', () => {
    const changes: Change[] = [
      ...changesOf(200),
      { kind: 'job', jobId: newId(), status: 'deleted' },
      { kind: 'backfill', id: newId(), jobId: newId(), status: 'completed' },
      { kind: 'system', state: 'paused' },
    ];
    expect(encodeChanges(changes).flatMap(decodeChanges)).toEqual(changes);
  });

  it('fit into what PostgreSQL takes', () => {
    const notes = encodeChanges(changesOf(300));
    expect(notes).toHaveLength(4);
    expect(Math.max(...notes.map((note) => Buffer.byteLength(note)))).toBeLessThan(8_000);
  });

  it('are told as many where they are', () => {
    expect(encodeChanges(changesOf(301)).flatMap(decodeChanges)).toEqual([{ kind: 'many' }]);
    expect(encodeChanges([])).toEqual([]);
  });

  it.each(['not json', 'null', '{"e":1}'])('are many where %j says nothing', (payload) => {
    expect(decodeChanges(payload)).toEqual([{ kind: 'many' }]);
  });
});
