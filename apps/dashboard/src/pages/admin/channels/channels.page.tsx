import { Button } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { DataTable } from '../../../components/data-table.js';
import { EmptyState } from '../../../components/empty-state.js';
import { FilterBar } from '../../../components/filter-bar.js';
import { Loaded } from '../../../components/loaded.js';
import { PageHeader } from '../../../components/page-header.js';
import { SkeletonRows } from '../../../components/skeleton-rows.js';
import { CHANNEL_WORDS } from '../../../notifications/notification-words.js';
import { type NotificationsFilter, useNotifications } from '../../../notifications/use-notifications.js';
import { useSetSearch } from '../../../shell/search-params.js';
import { ChannelCards } from './channel-cards.js';
import { MESSAGE_COLUMNS } from './message-columns.js';

const route = getRouteApi('/shell/admin/channels');
const CHANNELS = Object.entries(CHANNEL_WORDS).map(([value, label]) => ({ value, label }));

/** The ways jobs tell how they ended, and every message: did it go out, and if not, why? */
export default function ChannelsPage() {
  const search = route.useSearch();
  const setSearch = useSetSearch<NotificationsFilter>();
  const messages = useNotifications(search);
  const rows = useMemo(() => messages.data?.pages.flatMap(({ items }) => items) ?? [], [messages.data]);
  const isFiltered = search.status !== undefined || search.channel !== undefined;
  const clear = () => setSearch({ status: undefined, channel: undefined });
  return (
    <>
      <PageHeader title="Channels" crumbs={[{ label: 'Admin', to: '/admin' }]}>
        Each job says whom it tells how it ends. What it says goes out here.
      </PageHeader>
      <ChannelCards />
      <FilterBar
        filters={[
          {
            label: 'State',
            value: search.status,
            options: [
              { value: 'pending', label: 'To be sent' },
              { value: 'sent', label: 'Sent' },
              { value: 'failed', label: 'Given up' },
            ],
            onChange: (value) => setSearch({ status: value as NotificationsFilter['status'] }),
          },
          {
            label: 'Channel',
            value: search.channel,
            options: CHANNELS,
            onChange: (value) => setSearch({ channel: value as NotificationsFilter['channel'] }),
          },
        ]}
        onClear={isFiltered ? clear : undefined}
      />
      <Loaded query={messages} skeleton={<SkeletonRows count={8} />}>
        {() =>
          rows.length === 0 ? (
            <NoMessages onClear={isFiltered ? clear : undefined} />
          ) : (
            <DataTable
              label="Messages"
              rows={rows}
              columns={MESSAGE_COLUMNS}
              idOf={({ id }) => id}
              nameOf={({ jobName }) => jobName}
              onEnd={() => {
                if (messages.hasNextPage && !messages.isFetchingNextPage) void messages.fetchNextPage();
              }}
            />
          )
        }
      </Loaded>
    </>
  );
}

function NoMessages({ onClear }: { onClear: (() => void) | undefined }) {
  return onClear ? (
    <EmptyState
      icon={<IconMailOff size={28} />}
      title="No message matches"
      action={
        <Button variant="default" onClick={onClear}>
          Clear filters
        </Button>
      }
    />
  ) : (
    <EmptyState icon={<IconMailOff size={28} />} title="Nothing has been told yet">
      Name an address under Notifications in the form of a job, then send a test from its settings.
    </EmptyState>
  );
}
