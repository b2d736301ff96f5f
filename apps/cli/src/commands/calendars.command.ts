import type { Command } from 'commander';
import { allPages, type CalendarDto, type ChronosClient, dataOf, type ImportReportDto } from '#client';
import type { Cli } from '../cli.js';
import { CliError } from '../exit-code.js';
import { readInput } from '../read-input.js';
import type { Column } from '../terminal/table.js';
import { visible } from '../terminal/visible.js';
import { instant } from '../views/times.js';

const COLUMNS: Column<CalendarDto>[] = [
  { title: 'ID', of: ({ id }) => id, style: () => 'dim' },
  {
    title: 'NOW',
    of: ({ isClosed }) => (isClosed ? 'closed' : 'open'),
    style: ({ isClosed }) => (isClosed ? 'yellow' : 'green'),
  },
  { title: 'CLOSED FROM', of: ({ closure }) => instant(closure?.from ?? null) },
  { title: 'TO', of: ({ closure }) => instant(closure?.to ?? null) },
  { title: 'ZONE', of: ({ timezone }) => timezone },
  { title: 'SHARED', of: ({ shared }) => (shared ? 'yes' : '') },
  { title: 'NAME', of: ({ name }) => name },
];

export function addCalendarCommands(calendars: Command, cli: Cli): void {
  calendars
    .command('list')
    .description('blackout calendars, with the closure each is in or comes to next')
    .addHelpText('after', '\nExample:\n  $ chronos calendars list')
    .action(async () => {
      cli.output.table(COLUMNS, await allCalendars(await cli.client()), 'No calendars.');
    });
  calendars
    .command('create <name>')
    .description('make a calendar that is closed at no time yet, to import into')
    .option('--timezone <zone>', 'IANA zone its days are read in', 'UTC')
    .addHelpText('after', '\nExample:\n  $ chronos calendars create Holidays --timezone Europe/Berlin')
    .action(async (name: string, { timezone }: { timezone: string }) => {
      const client = await cli.client();
      const made = await dataOf(client.POST('/api/v1/calendars', { body: { name, timezone } }));
      cli.output.result(made, () => `Made "${visible(made.name)}" (${made.id}).`);
    });
  calendars
    .command('import <calendar> <file>')
    .description('take in the events of an iCalendar file; FILE may be - for standard input')
    .option('--source <name>', 'what it comes from: a later import of the same source replaces this one')
    .addHelpText(
      'after',
      '\nExample:\n  $ chronos calendars import Holidays holidays.ics --source government',
    )
    .action(async (reference: string, file: string, { source }: { source?: string }) => {
      const client = await cli.client();
      const ics = await readInput(cli, file);
      const { id } = await findCalendar(client, reference);
      const report = await dataOf(
        client.POST('/api/v1/calendars/{id}/import', {
          params: { path: { id }, query: { source } },
          headers: { 'content-type': 'text/calendar' },
          body: { ics },
          // As it is: a file may be larger than JSON may be.
          bodySerializer: (body) => body.ics,
        }),
      );
      cli.output.result(report, () => describe(report));
      if (report.report.notTakenCount > 0) throw new CliError('Not all of it was taken.');
    });
}

function describe({ calendar, source, replaced, report }: ImportReportDto): string {
  const { taken, events, closures, outside, to } = report;
  return [
    `${taken} of ${events} events taken into "${visible(calendar.name)}" from "${visible(source)}": ${closures} closures up to ${instant(to)}, ${replaced} before.`,
    ...(outside > 0 ? [`${outside} are over, or too far ahead.`] : []),
    ...report.notTaken.map(({ event, reason }) => `not taken  ${visible(event)}: ${visible(reason)}`),
  ].join('\n');
}

/** By its id or its exact name. */
async function findCalendar(client: ChronosClient, reference: string): Promise<CalendarDto> {
  const found = (await allCalendars(client)).filter(({ id, name }) => id === reference || name === reference);
  const [calendar, ...others] = found;
  if (!calendar) throw new CliError(`There is no calendar "${reference}" that you can see.`);
  if (others.length === 0) return calendar;
  const ids = found.map(({ id }) => id).join(', ');
  throw new CliError(
    `${found.length} calendars are named "${reference}".`,
    undefined,
    `Name one by its id: ${ids}`,
  );
}

async function allCalendars(client: ChronosClient): Promise<CalendarDto[]> {
  const calendars: CalendarDto[] = [];
  const pages = allPages((cursor) =>
    client.GET('/api/v1/calendars', { params: { query: { limit: 100, cursor } } }),
  );
  for await (const { data } of pages) calendars.push(...data);
  return calendars;
}
