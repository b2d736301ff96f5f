import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCycle } from './find-cycle.js';

/** `a<b` reads: a runs after b. */
function links(...texts: string[]): Map<string, string[]> {
  const parentsOf = new Map<string, string[]>();
  for (const text of texts) {
    const [child = '', parent = ''] = text.split('<');
    parentsOf.set(child, [...(parentsOf.get(child) ?? []), parent]);
  }
  return parentsOf;
}

describe('a cycle of jobs', () => {
  it.each([
    ['a job after itself', 'a', ['a'], links(), ['a', 'a']],
    ['two after each other', 'a', ['b'], links('b<a'), ['a', 'b', 'a']],
    ['the shortest of several', 'a', ['b', 'c'], links('b<x', 'x<a', 'c<a'), ['a', 'c', 'a']],
    ['one by way of a branch', 'a', ['b'], links('b<c', 'b<d', 'd<a', 'c<e'), ['a', 'b', 'd', 'a']],
  ])('is found: %s', (_, job, after, parentsOf, cycle) => {
    expect(findCycle(job, after, parentsOf)).toEqual(cycle);
  });

  it.each([
    ['none at all', 'a', [], links('b<a')],
    ['a line', 'c', ['b'], links('b<a')],
    ['a diamond', 'd', ['b', 'c'], links('b<a', 'c<a')],
    ['a cycle the job has no part in', 'a', ['b'], links('b<c', 'c<b')],
  ])('is not seen in %s', (_, job, after, parentsOf) => {
    expect(findCycle(job, after, parentsOf)).toBeUndefined();
  });

  it('is found if and only if one of the new parents runs after the job already', () => {
    const node = fc.nat(7).map(String);
    const graph = fc.array(fc.tuple(node, node), { maxLength: 20 });
    fc.assert(
      fc.property(graph, node, fc.array(node, { maxLength: 3 }), (edges, job, after) => {
        const parentsOf = links(...edges.map(([child, parent]) => `${child}<${parent}`));
        const cycle = findCycle(job, after, parentsOf);
        expect(cycle !== undefined).toBe(after.some((parent) => isAfter(parent, job, edges)));
        if (!cycle) return;
        expect([cycle[0], cycle.at(-1)]).toEqual([job, job]);
        expect(after).toContain(cycle[1]);
        for (let index = 1; index < cycle.length - 1; index += 1) {
          expect(parentsOf.get(cycle[index] ?? '')).toContain(cycle[index + 1]);
        }
      }),
    );
  });
});

/** Does `from` run after `to`, by however many others, or is it the same? By closing the relation until nothing is new. */
function isAfter(from: string, to: string, edges: [string, string][]): boolean {
  const reached = new Set([from]);
  for (let size = 0; size !== reached.size;) {
    size = reached.size;
    for (const [child, parent] of edges) if (reached.has(child)) reached.add(parent);
  }
  return reached.has(to);
}
