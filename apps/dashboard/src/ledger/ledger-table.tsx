import { Button, Skeleton, Table } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { LedgerDto } from '#client';
import { dataOf } from '../api/ask.js';
import { api } from '../api/client.js';
import { keys } from '../api/query-keys.js';
import { ErrorState } from '../components/error-state.js';
import { StatusIcon } from '../components/status-glyph.js';
import { Duration, Time } from '../components/time.js';
import { wordOf } from './ledger-kind.js';
import { markOf } from './ledger-marks.js';
import classes from './ledger-panel.module.css';
import { ofMark, type Pickable } from './pickable.js';
import type { TimeRange } from './time-scale.js';

const PAGE = 100;

/** The ledger in words, moment by moment: for those who do not see the picture, and for those who want to read. */
export function LedgerTable({
  jobId,
  range,
  zone,
  onPick,
}: {
  jobId: string;
  range: TimeRange;
  zone: string;
  onPick: (picked: Pickable) => void;
}) {
  const to = new Date(range.to).toISOString();
  const query = useInfiniteQuery({
    queryKey: [...keys.jobs.one(jobId), 'ledger-table', range.from, to],
    queryFn: ({ pageParam: from }) => {
      const params = { path: { id: jobId }, query: { from, to, limit: PAGE } };
      return dataOf(api.GET('/api/v1/jobs/{id}/ledger', { params }));
    },
    initialPageParam: new Date(range.from).toISOString(),
    getNextPageParam: ({ nextFrom }: LedgerDto) => nextFrom,
  });
  if (query.error && !query.data)
    return (
      <ErrorState error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
    );
  if (!query.data) return <Skeleton height={200} />;
  const entries = query.data.pages.flatMap((page) => page.entries);
  return (
    <div className={classes.table}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Due</Table.Th>
            <Table.Th>What became of it</Table.Th>
            <Table.Th>Late by</Table.Th>
            <Table.Th>Why</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Entry
              key={`${entry.kind} ${entry.at} ${entry.kind === 'execution' ? entry.executionId : ''}`}
              entry={entry}
              zone={zone}
              onPick={onPick}
            />
          ))}
        </Table.Tbody>
      </Table>
      {entries.length === 0 && <p className={classes.summary}>Nothing was due in this range.</p>}
      {query.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </div>
  );
}

function Entry({
  entry,
  zone,
  onPick,
}: {
  entry: LedgerDto['entries'][number];
  zone: string;
  onPick: (picked: Pickable) => void;
}) {
  if (entry.kind === 'gap') {
    return (
      <Table.Tr>
        <Table.Td>
          <Time at={entry.at} zone={zone} format="seconds" />
        </Table.Td>
        <Table.Td>
          {entry.count} did not run, until <Time at={entry.until} zone={zone} format="seconds" />
        </Table.Td>
        <Table.Td />
        <Table.Td>{entry.why}</Table.Td>
      </Table.Tr>
    );
  }
  const mark = markOf(entry);
  return (
    <Table.Tr>
      <Table.Td>
        <Time at={entry.at} zone={zone} format="seconds" />
      </Table.Td>
      <Table.Td>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<StatusIcon kind={mark.kind} size={14} />}
          onClick={() => onPick(ofMark(mark))}
        >
          {wordOf(entry)}
        </Button>
      </Table.Td>
      <Table.Td>{entry.kind === 'execution' && <Duration ms={entry.latenessMs} />}</Table.Td>
      <Table.Td>{entry.why ?? (entry.kind === 'forecast' ? entry.note : null)}</Table.Td>
    </Table.Tr>
  );
}
