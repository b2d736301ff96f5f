import { useState } from 'react';
import type { NamedExecutionDto } from '#client';
import { isOlder } from './runs.js';

interface Held {
  ids: ReadonlySet<string>;
  last: NamedExecutionDto | undefined;
}

/**
 * Keeps new runs back while somebody reads (scrolled down, points at a row, has selected some), so that nothing moves under
 * their eyes. What those shown become is shown, and older ones that are scrolled to come at the end.
 */
export function useHeldRuns(runs: NamedExecutionDto[], isReading: boolean) {
  const [held, setHeld] = useState<Held>();
  const [isHeldFor, setHeldFor] = useState(false);
  // What is shown at the moment reading begins; set while rendering, as React advises for state that follows props.
  if (isReading !== isHeldFor) {
    setHeldFor(isReading);
    setHeld(isReading ? holdOf(runs) : undefined);
  }
  const shown = held ? runs.filter((run) => isShown(run, held)) : runs;
  return { shown, newCount: runs.length - shown.length, release: () => setHeld(holdOf(runs)) };
}

function holdOf(runs: NamedExecutionDto[]): Held {
  return { ids: new Set(runs.map(({ id }) => id)), last: runs.at(-1) };
}

function isShown(run: NamedExecutionDto, { ids, last }: Held): boolean {
  return ids.has(run.id) || (last !== undefined && isOlder(run, last));
}
