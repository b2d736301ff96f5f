import { Stack, Table, Text } from '@mantine/core';
import type { ImportReportDto } from '#client';
import { Time } from '../../../components/time.js';

/** What of a file was taken, up to when, and what was not and why. */
export function ImportReport({
  report: { source, replaced, report, calendar },
}: {
  report: ImportReportDto;
}) {
  const { events, taken, closures, outside, to, notTaken, notTakenCount } = report;
  return (
    <Stack gap="md">
      <Text size="sm" role="status">
        <strong>
          {taken} of {events} {events === 1 ? 'event was' : 'events were'} taken
        </strong>{' '}
        from {source}: {closures === 1 ? '1 closure' : `${closures} closures`}
        {replaced > 0 && `, in the place of ${replaced} before`}. Repetitions are worked out up to{' '}
        <Time at={to} zone={calendar.timezone} format="day" /> in two years; import again before then.
      </Text>
      {outside > 0 && (
        <Text size="sm">
          {outside === 1 ? '1 is' : `${outside} are`} over for more than a month, or more than two years
          ahead.
        </Text>
      )}
      {notTaken.length > 0 && (
        <div>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Not taken</Table.Th>
                <Table.Th>Why</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {Object.entries(notTaken).map(([place, { event, reason }]) => (
                <Table.Tr key={place}>
                  <Table.Td>{event}</Table.Td>
                  <Table.Td>{reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {notTakenCount > notTaken.length && (
            <Text size="sm">and {notTakenCount - notTaken.length} more</Text>
          )}
        </div>
      )}
    </Stack>
  );
}
