import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { DashboardDto, JobColumnsDto } from '#client';
import { Card } from '../../components/card.js';
import { columnsInWords } from '../../components/ledger-column-parts.js';
import { LedgerColumns } from '../../components/ledger-columns.js';
import { LedgerLegend } from '../../components/ledger-legend.js';
import { Loaded } from '../../components/loaded.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { usePreference } from '../../shell/preferences.js';
import { useNow } from '../../time/use-now.js';
import { zoneFor } from '../../time/zone.js';
import classes from './fleet-ledger.module.css';
import { type LedgerRange, useLedgers } from './overview-queries.js';
import { TimeAxis } from './time-axis.js';

const HOUR_MS = 3_600_000;
const BEFORE_MS = 24 * HOUR_MS;
const AFTER_MS = 6 * HOUR_MS;
const MAX_JOBS = 20;
const FIRST_JOBS = 8;
const ROW_HEIGHT = 20;
const NARROW = 480;

/** The last day and the next hours of the jobs that need looking at first, a row each. */
export function FleetLedger({ figures }: { figures: DashboardDto }) {
  const { ref, width } = useElementSize();
  const [isWhole, setWhole] = useState(false);
  const jobIds = jobsToShow(figures);
  const now = useNow();
  const range = rangeAt(now, width > 0 && width < NARROW ? HOUR_MS : HOUR_MS / 2);
  const query = useLedgers(jobIds, range);
  if (jobIds.length === 0) return null;
  return (
    <Card title="Ledger" aside={<LedgerLegend />}>
      <div className={classes.scale}>
        <div ref={ref} className={classes.axis}>
          <Axis range={range} now={now} width={width} />
        </div>
      </div>
      <Loaded query={query} skeleton={<SkeletonRows />}>
        {(jobs) => (
          <>
            <ul className={classes.rows}>
              {jobs.slice(0, isWhole ? MAX_JOBS : FIRST_JOBS).map((job) => (
                <Row key={job.jobId} job={job} range={range} now={now} width={width} />
              ))}
            </ul>
            {jobs.length > FIRST_JOBS && (
              <Button size="xs" variant="subtle" onClick={() => setWhole(!isWhole)}>
                {isWhole ? 'Show fewer' : `Show ${jobs.length - FIRST_JOBS} more`}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}

interface RowProps {
  job: JobColumnsDto;
  range: LedgerRange;
  now: number;
  width: number;
}

function Row({ job: { jobId, name, timezone, columns, gaps }, range, now, width }: RowProps) {
  const [choice] = usePreference('zone');
  return (
    <li className={classes.row}>
      <Link
        to="/jobs/$jobId"
        params={{ jobId }}
        className={classes.name}
        data-hint={`${name}\n${columnsInWords(columns)}`}
      >
        {name}
      </Link>
      {width > 0 && (
        <LedgerColumns
          columns={columns}
          gaps={gaps}
          from={range.from}
          to={range.to}
          now={now}
          zone={zoneFor(choice, timezone)}
          width={width}
          height={ROW_HEIGHT}
        />
      )}
    </li>
  );
}

function Axis({ range: { from, to }, now, width }: { range: LedgerRange; now: number; width: number }) {
  const [choice] = usePreference('zone');
  return width > 0 && <TimeAxis from={from} to={to} now={now} zone={zoneFor(choice)} width={width} />;
}

/** Those that fail first, then those that run next. */
function jobsToShow({ attention, upcoming }: DashboardDto): string[] {
  const ids = [...attention, ...upcoming].map(({ jobId }) => jobId);
  return [...new Set(ids)].slice(0, MAX_JOBS);
}

/** Columns that begin at whole half hours or hours, so that they stay as they are until the next one begins. */
function rangeAt(now: number, columnMs: number): LedgerRange {
  const middle = Math.floor(now / columnMs) * columnMs;
  return {
    from: middle - BEFORE_MS,
    to: middle + AFTER_MS,
    buckets: (BEFORE_MS + AFTER_MS) / columnMs,
  };
}
