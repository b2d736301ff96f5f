import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { JobColumnsDto } from '#client';
import { Card } from '../components/card.js';
import { ErrorState, StaleNotice } from '../components/error-state.js';
import { usePreference } from '../shell/preferences.js';
import { serverNow } from '../time/server-clock.js';
import { useNow } from '../time/use-now.js';
import { offsetName } from '../time/format-time.js';
import { zoneFor } from '../time/zone.js';
import { LedgerLegend } from './ledger-legend.js';
import { ledgerLayout } from './ledger-layout.js';
import { type Band, type LedgerMarks, ledgerMarks } from './ledger-marks.js';
import classes from './ledger-panel.module.css';
import { type Flag, LedgerPicture } from './ledger-picture.js';
import { LedgerSummary } from './ledger-summary.js';
import { LedgerTable } from './ledger-table.js';
import type { Pickable } from './pickable.js';
import { DEFAULT_PRESET, type Preset, PRESETS, rangeOf, type RangeSearch } from './range-choice.js';
import type { TimeRange } from './time-scale.js';
import { useLedger } from './use-ledger.js';

interface LedgerPanelProps {
  job: { id: string; name: string; timezone: string };
  /** The range, as the address has it. */
  search: RangeSearch;
  onSearch: (search: RangeSearch) => void;
  flags: Flag[];
  /** A due moment was picked: its execution is to be shown, or why there is none. */
  onPick: (picked: Pickable) => void;
}

/** A job's ledger: the picture, what it sums up to, and the same as a table. */
export function LedgerPanel({ job, search, onSearch, flags, onPick }: LedgerPanelProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [choice] = usePreference('zone');
  const zone = zoneFor(choice, job.timezone);
  const range = useRange(search);
  const { plotWidth } = ledgerLayout(width, { rows: 1, hasRuns: false, hasOffSchedule: false });
  const { columns, entries, isDetailed } = useLedger(job.id, range, width > 0 ? plotWidth : 0);
  const [isTable, setIsTable] = useState(false);
  const now = entries.dataUpdatedAt;
  const marks = useMemo(
    () => (isDetailed && entries.data ? ledgerMarks(entries.data.entries, now) : undefined),
    [isDetailed, entries.data, now],
  );
  const bands = useMemo(
    () => (columns.data ? bandsOf(columns.data, marks, range) : []),
    [columns.data, marks, range],
  );
  const setRange = ({ from, to }: TimeRange) => onSearch({ from, to });
  const open = (picked: Pickable) => (picked.kind === 'column' ? setRange(picked.range) : onPick(picked));
  const error = columns.error ?? entries.error;
  return (
    <Card
      title="Ledger"
      aside={
        <RangeChoice
          search={search}
          onSearch={onSearch}
          zoneLabel={`${zone.replaceAll('_', ' ')} (${offsetName(range.to, zone)})`}
        />
      }
    >
      <div ref={ref} className={classes.body}>
        {error && columns.data === undefined ? (
          <ErrorState error={error} onRetry={() => void columns.refetch()} isRetrying={columns.isFetching} />
        ) : (
          <>
            {error && <StaleNotice error={error} at={columns.dataUpdatedAt} />}
            {columns.data ? (
              <>
                <LedgerSummary columns={columns.data.columns} gaps={columns.data.gaps} />
                <LedgerPicture
                  label={`Ledger of ${job.name}`}
                  range={range}
                  zone={zone}
                  marks={marks}
                  columns={columns.data.columns}
                  bands={bands}
                  flags={flags.filter(({ at }) => at >= range.from && at <= range.to)}
                  onRange={setRange}
                  onOpen={open}
                />
              </>
            ) : (
              <Skeleton height={132} />
            )}
          </>
        )}
        <LedgerLegend />
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => setIsTable(!isTable)}
          aria-expanded={isTable}
        >
          {isTable ? 'Hide the table' : 'Show as a table'}
        </Button>
        {isTable && <LedgerTable jobId={job.id} range={range} zone={job.timezone} onPick={onPick} />}
      </div>
    </Card>
  );
}

/** Told of by the ledger, else by the counts, which know no reasons in words; and the pause that is not over yet. */
function bandsOf(
  { gaps, pausedAt }: JobColumnsDto,
  marks: LedgerMarks | undefined,
  range: TimeRange,
): Band[] {
  const told =
    marks?.bands ??
    gaps.map(({ from, until, count, reason }) => ({
      from: Date.parse(from),
      until: Date.parse(until),
      count,
      reason,
      why: 'Look closer for the reason.',
    }));
  if (pausedAt === null || Date.parse(pausedAt) > range.to) return told;
  const pause = { from: Date.parse(pausedAt), until: range.to, count: undefined, reason: 'paused' } as const;
  return [...told, { ...pause, why: 'The job is paused.' }];
}

/** A preset goes with the time, by whole minutes. */
function useRange(search: RangeSearch): TimeRange {
  const minute = Math.floor(useNow() / 60_000);
  const { range, from, to } = search;
  return useMemo(() => rangeOf({ range, from, to }, minute * 60_000), [range, from, to, minute]);
}

function RangeChoice({
  search,
  onSearch,
  zoneLabel,
}: {
  search: RangeSearch;
  onSearch: (search: RangeSearch) => void;
  zoneLabel: string;
}) {
  const isOwn = search.from !== undefined;
  const { from, to } = rangeOf(search, serverNow());
  const shift = (by: number) => onSearch({ from: from + by * (to - from), to: to + by * (to - from) });
  return (
    <div className={classes.choice}>
      <span className={classes.zone}>{zoneLabel}</span>
      <Button.Group>
        <Button variant="default" size="xs" aria-label="Earlier" onClick={() => shift(-0.5)}>
          &#8249;
        </Button>
        <Button variant="default" size="xs" aria-label="Later" onClick={() => shift(0.5)}>
          &#8250;
        </Button>
      </Button.Group>
      <SegmentedControl
        size="xs"
        aria-label="Range"
        value={isOwn ? '' : (search.range ?? DEFAULT_PRESET)}
        data={Object.keys(PRESETS).map((preset) => ({
          value: preset,
          label: preset.replace(/(\d+)/, '$1 '),
        }))}
        onChange={(preset) => onSearch({ range: preset as Preset })}
      />
    </div>
  );
}
