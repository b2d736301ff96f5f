import type { JobColumnsDto, LedgerColumnDto } from '#client';
import { StatusIcon } from '../components/status-glyph.js';
import { STATUS, type StatusKind } from '../components/status-kind.js';
import { dueOf, slicesOf } from './column-stack.js';
import classes from './ledger-panel.module.css';

/** What the range comes to: how many were due, and what became of them. */
export function LedgerSummary({ columns, gaps }: Pick<JobColumnsDto, 'columns' | 'gaps'>) {
  const counts = new Map<StatusKind, number>();
  for (const { kind, count } of columns.flatMap(slicesOf)) counts.set(kind, (counts.get(kind) ?? 0) + count);
  const due = columns.reduce((sum, column) => sum + dueOf(column) - column.forecast, 0);
  const inGaps = gaps.reduce((sum, { count }) => sum + count, 0);
  const besides = columns.reduce((sum, { offSchedule }: LedgerColumnDto) => sum + offSchedule, 0);
  return (
    <p className={classes.summary}>
      <span>{(due + inGaps).toLocaleString('en')} due</span>
      {[...counts].map(([kind, count]) => (
        <span key={kind}>
          <StatusIcon kind={kind} size={14} />
          {count.toLocaleString('en')} {kind === 'scheduled' ? 'to come' : STATUS[kind].word.toLowerCase()}
        </span>
      ))}
      {inGaps > 0 && <span>{inGaps.toLocaleString('en')} in gaps</span>}
      {besides > 0 && <span>{besides.toLocaleString('en')} beside the schedule</span>}
    </p>
  );
}
