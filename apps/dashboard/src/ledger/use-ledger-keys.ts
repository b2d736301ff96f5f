import { type KeyboardEvent, useState } from 'react';
import { serverNow } from '../time/server-clock.js';
import type { Pickable } from './pickable.js';
import type { TimeRange } from './time-scale.js';

const LEAST_MS = 10 * 60_000;
const MOST_MS = 400 * 86_400_000;

/** The keyboard's way through the picture. */
export function useLedgerKeys({
  pickables,
  range,
  onRange,
  onOpen,
}: {
  pickables: Pickable[];
  range: TimeRange;
  onRange: (range: TimeRange) => void;
  onOpen: (picked: Pickable) => void;
}) {
  const [activeKey, setActiveKey] = useState<string>();
  const active = pickables.find(({ key }) => key === activeKey);

  const move = (direction: 1 | -1, isWanted: (one: Pickable) => boolean) => {
    const here = pickables.findIndex(({ key }) => key === activeKey);
    const start = here === -1 ? nearestNow(pickables) - direction : here;
    for (let index = start + direction; index >= 0 && index < pickables.length; index += direction) {
      const one = pickables[index];
      if (one && isWanted(one)) return setActiveKey(one.key);
    }
  };
  const zoom = (factor: number) => {
    const middle = active?.at ?? (range.from + range.to) / 2;
    const width = (range.to - range.from) * factor;
    if (width < LEAST_MS || width > MOST_MS) return;
    onRange({ from: Math.round(middle - width / 2), to: Math.round(middle + width / 2) });
  };
  const toNow = () => {
    const width = range.to - range.from;
    const from = serverNow() - width * 0.8;
    onRange({ from: Math.round(from), to: Math.round(from + width) });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isWanted = event.shiftKey ? ({ isProblem }: Pickable) => isProblem : () => true;
    switch (event.key) {
      case 'ArrowRight':
        move(1, isWanted);
        break;
      case 'ArrowLeft':
        move(-1, isWanted);
        break;
      case 'Home':
        setActiveKey(pickables[0]?.key);
        break;
      case 'End':
        setActiveKey(pickables.at(-1)?.key);
        break;
      case 'Enter':
        if (active) onOpen(active);
        break;
      case 'Escape':
        if (!active) return;
        setActiveKey(undefined);
        break;
      case '+':
      case '=':
        zoom(1 / 2);
        break;
      case '-':
        zoom(2);
        break;
      case 'n':
        toNow();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return { active, onKeyDown, onBlur: () => setActiveKey(undefined) };
}

function nearestNow(pickables: Pickable[]): number {
  const now = serverNow();
  const later = pickables.findIndex(({ at }) => at > now);
  return later === -1 ? pickables.length - 1 : Math.max(0, later - 1);
}
