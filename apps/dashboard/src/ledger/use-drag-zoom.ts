import { type PointerEvent, useState } from 'react';
import type { LedgerLayout } from './ledger-layout.js';
import type { TimeRange } from './time-scale.js';

/** A hand that shakes is not dragging. */
const LEAST_PX = 8;
const LEAST_MS = 60_000;

/** Dragging over the plot picks a range; Escape lets go of it. */
export function useDragZoom({
  scale,
  layout: { left, plotWidth },
  onRange,
}: {
  scale: { at: (x: number) => number };
  layout: LedgerLayout;
  onRange: (range: TimeRange) => void;
}) {
  const [drag, setDrag] = useState<{ start: number; end: number }>();
  const xOf = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) =>
    Math.min(left + plotWidth, Math.max(left, clientX - currentTarget.getBoundingClientRect().left));
  const isDrag = drag !== undefined && Math.abs(drag.end - drag.start) >= LEAST_PX;
  const selection = isDrag
    ? { left: Math.min(drag.start, drag.end), width: Math.abs(drag.end - drag.start) }
    : undefined;
  return {
    selection,
    handlers: {
      onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
        if (event.button === 0 && event.pointerType === 'mouse')
          setDrag({ start: xOf(event), end: xOf(event) });
      },
      onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
        if (!drag) return;
        setDrag({ start: drag.start, end: xOf(event) });
        // Only what became a drag is kept: a click must still reach the mark under it.
        if (isDrag) event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerUp: () => {
        setDrag(undefined);
        if (!selection) return;
        const range = { from: scale.at(selection.left), to: scale.at(selection.left + selection.width) };
        if (range.to - range.from >= LEAST_MS) onRange(range);
      },
      onPointerCancel: () => setDrag(undefined),
    },
  };
}
