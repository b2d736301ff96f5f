import classes from './ledger-legend.module.css';
import { StatusIcon } from './status-glyph.js';
import type { StatusKind } from './status-kind.js';

const SHOWN: [kind: StatusKind, word: string][] = [
  ['ran', 'Ran'],
  ['late', 'Late'],
  ['failed', 'Failed'],
  ['missed', 'Missed'],
  ['skipped', 'Skipped'],
  ['scheduled', 'To come'],
  ['paused', 'Paused'],
];

/** What the tones and shapes of a ledger mean. */
export function LedgerLegend() {
  return (
    <ul className={classes.legend} aria-label="Legend">
      {SHOWN.map(([kind, word]) => (
        <li key={kind}>
          <StatusIcon kind={kind} size={12} />
          {word}
        </li>
      ))}
    </ul>
  );
}
