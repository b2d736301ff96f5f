import { useEffect, useState } from 'react';
import { momentHint } from '../time/moment-hint.js';
import { serverNow } from '../time/server-clock.js';
import classes from './hint-layer.module.css';

interface Hint {
  lines: [label: string, text: string][];
  x: number;
  y: number;
  isAbove: boolean;
}

const DELAY_MS = 250;
/** Room that a hint of four lines takes. */
const HEIGHT = 110;
const MARGIN = 8;
const HALF_WIDTH = 160;

/**
 * The one tooltip of all tables and lists: it shows, for what is hovered or focused, all clocks of an element with `data-moment`
 * (every `Time` has it) or the text of its `data-hint`. A tooltip each would cost a table of a thousand cells dearly.
 * Mounted once, in the shell.
 */
export function HintLayer() {
  const [hint, setHint] = useState<Hint>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      setHint(undefined);
    };
    const show = ({ target }: Event) => {
      const element =
        target instanceof Element ? target.closest<HTMLElement>('[data-moment], [data-hint]') : null;
      hide();
      if (element) timer = setTimeout(() => setHint(hintOf(element)), DELAY_MS);
    };
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') hide();
    };
    document.addEventListener('pointerover', show);
    document.addEventListener('focusin', show);
    document.addEventListener('keydown', onKey);
    addEventListener('scroll', hide, true);
    return () => {
      hide();
      document.removeEventListener('pointerover', show);
      document.removeEventListener('focusin', show);
      document.removeEventListener('keydown', onKey);
      removeEventListener('scroll', hide, true);
    };
  }, []);

  if (!hint) return null;
  return (
    <div
      role="tooltip"
      className={classes.hint}
      data-above={hint.isAbove || undefined}
      style={{ left: hint.x, top: hint.y }}
    >
      {hint.lines.map(([label, text]) => (
        <div key={`${label} ${text}`} className={classes.line}>
          {label !== '' && <span className={classes.label}>{label}</span>}
          <span>{text}</span>
        </div>
      ))}
    </div>
  );
}

function hintOf(element: HTMLElement): Hint | undefined {
  if (!element.isConnected) return undefined;
  const { moment, zone, hint = '' } = element.dataset;
  const lines: [string, string][] =
    moment === undefined
      ? hint.split('\n').map((line) => ['', line])
      : momentHint(Number(moment), zone, serverNow());
  const box = element.getBoundingClientRect();
  const isAbove = box.bottom + HEIGHT > innerHeight;
  const middle = box.left + box.width / 2;
  return {
    lines,
    x: Math.min(
      Math.max(middle, HALF_WIDTH + MARGIN),
      Math.max(innerWidth - HALF_WIDTH - MARGIN, HALF_WIDTH),
    ),
    y: isAbove ? box.top - MARGIN : box.bottom + MARGIN,
    isAbove,
  };
}
