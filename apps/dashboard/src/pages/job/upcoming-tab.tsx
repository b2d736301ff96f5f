import { Skeleton, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JobDto, LedgerForecastDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { EmptyState } from '../../components/empty-state.js';
import { Loaded } from '../../components/loaded.js';
import { StatusBadge } from '../../components/status-badge.js';
import { Countdown, Time } from '../../components/time.js';
import { kindOf, wordOf } from '../../ledger/ledger-kind.js';
import { serverNow } from '../../time/server-clock.js';

const YEAR_MS = 366 * 86_400_000;
const SHOWN = 25;

/** The next occurrences of a job as the server foresees them. */
export default function UpcomingTab({ job }: { job: JobDto }) {
  const query = useQuery({
    queryKey: [...keys.jobs.one(job.id), 'upcoming', job.version],
    queryFn: async () => {
      const now = serverNow();
      const range = { from: new Date(now).toISOString(), to: new Date(now + YEAR_MS).toISOString() };
      const params = { path: { id: job.id }, query: { ...range, limit: SHOWN } };
      return dataOf(api.GET('/api/v1/jobs/{id}/ledger', { params }));
    },
  });
  return (
    <Loaded query={query} skeleton={<Skeleton height={320} />}>
      {({ entries }) => {
        const forecast = entries.filter((entry): entry is LedgerForecastDto => entry.kind === 'forecast');
        if (forecast.length === 0) {
          return (
            <EmptyState title="Nothing is to come within a year">
              Give it a schedule, or run it now.
            </EmptyState>
          );
        }
        return <Forecast entries={forecast} zone={job.timezone} />;
      }}
    </Loaded>
  );
}

function Forecast({ entries, zone }: { entries: LedgerForecastDto[]; zone: string }) {
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Due</Table.Th>
          <Table.Th>In</Table.Th>
          <Table.Th>What is expected</Table.Th>
          <Table.Th>Note</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => (
          <Table.Tr key={entry.at}>
            <Table.Td>
              <Time at={entry.at} zone={zone} format="long" />
            </Table.Td>
            <Table.Td>
              <Countdown to={entry.at} zone={zone} />
            </Table.Td>
            <Table.Td>
              <StatusBadge kind={kindOf(entry)} word={wordOf(entry)} isPlain />
            </Table.Td>
            <Table.Td>
              <Text size="sm" c="dimmed">
                {[entry.note, entry.why].filter(Boolean).join(' ')}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
