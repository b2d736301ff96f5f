import { StatusIcon } from '../components/status-glyph.js';
import { STATUS, type StatusKind } from '../components/status-kind.js';
import classes from './ledger-panel.module.css';

const SHOWN: [kind: StatusKind, word: string][] = [
  ['ran', 'Ran on time'],
  ['late', STATUS.late.word],
  ['failed', STATUS.failed.word],
  ['missed', STATUS.missed.word],
  ['skipped', STATUS.skipped.word],
  ['running', STATUS.running.word],
  ['scheduled', 'Forecast'],
];

/** What the signs of the picture mean. */
export function LedgerLegend() {
  return (
    <ul className={classes.legend} aria-label="Legend">
      {SHOWN.map(([kind, word]) => (
        <li key={kind}>
          <StatusIcon kind={kind} size={14} />
          {word}
        </li>
      ))}
      <li>
        <svg width={20} height={14} aria-hidden="true" className={classes.hatch}>
          <path d="M-2 16 L14 0 M5 16 L21 0 M12 16 L28 0" stroke="var(--skipped-fill)" />
        </svg>
        Paused or not scheduled
      </li>
    </ul>
  );
}
