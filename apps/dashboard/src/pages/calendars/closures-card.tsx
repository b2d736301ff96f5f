import type { ClosedWindowDto } from '#client';
import { Card } from '../../components/card.js';
import { type Column, DataTable } from '../../components/data-table.js';
import { Time } from '../../components/time.js';
import { labelOf } from './closed-days.js';

/** Of `2030-12-24T00:00:00+01:00`, what the clock shows. */
const SECONDS = 19;

interface ClosuresCardProps {
  windows: ClosedWindowDto[];
  year: number;
  zone: string;
}

/** The dates and events of a year one by one; the hours of each week are told by their rule. */
export function ClosuresCard({ windows, year, zone }: ClosuresCardProps) {
  const rows = windows
    .filter(
      ({ kind, localFrom, localTo }) =>
        kind !== 'weekly' &&
        localFrom.slice(0, SECONDS) < `${year + 1}-01-01T00:00:00` &&
        localTo.slice(0, SECONDS) > `${year}-01-01T00:00:00`,
    )
    .map((window, index) => ({ id: String(index), ...window }));
  if (rows.length === 0) return null;
  return (
    <Card title={`Dates and events of ${year}`} isFlush aside={String(rows.length)}>
      <DataTable
        label={`Dates and events of ${year}`}
        rows={rows}
        columns={columnsOf(zone)}
        idOf={({ id }) => id}
        nameOf={labelOf}
      />
    </Card>
  );
}

function columnsOf(zone: string): Column<ClosedWindowDto>[] {
  return [
    { id: 'label', header: 'Why', width: 'minmax(88px, 2fr)', cell: labelOf },
    {
      id: 'from',
      header: 'Closed from',
      width: 'minmax(116px, 1fr)',
      cell: ({ from }) => <Time at={from} zone={zone} />,
    },
    {
      id: 'to',
      header: 'Open again',
      width: 'minmax(116px, 1fr)',
      cell: ({ to }) => <Time at={to} zone={zone} />,
    },
    {
      id: 'source',
      header: 'Comes from',
      width: 'minmax(120px, 1fr)',
      minTableWidth: 560,
      cell: ({ source }) => (source === null ? 'Its dates' : `Import ${source}`),
    },
  ];
}
