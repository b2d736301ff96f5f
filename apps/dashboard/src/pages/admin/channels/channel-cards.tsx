import { Skeleton } from '@mantine/core';
import type { ChannelDto } from '#client';
import { Card } from '../../../components/card.js';
import { formatCount } from '../../../components/format-count.js';
import { Loaded } from '../../../components/loaded.js';
import { StatusBadge } from '../../../components/status-badge.js';
import { RelativeTime } from '../../../components/time.js';
import { CHANNEL_WORDS } from '../../../notifications/notification-words.js';
import { useChannels } from '../../../notifications/use-notifications.js';
import { Facts } from '../system/facts.js';
import classes from './channels.module.css';

/** Each way messages go out: whether it can, and how it has fared. */
export function ChannelCards() {
  const query = useChannels();
  return (
    <Loaded query={query} skeleton={<Skeleton height={190} />}>
      {(channels) => (
        <div className={classes.cards}>
          {channels.map((channel) => (
            <ChannelCard key={channel.name} channel={channel} />
          ))}
        </div>
      )}
    </Loaded>
  );
}

function ChannelCard({ channel }: { channel: ChannelDto }) {
  const { name, problem, jobs, pending, retrying, sent, failed, lastSentAt } = channel;
  const waiting =
    retrying > 0 ? `${formatCount(pending)}, ${formatCount(retrying)} after a failure` : pending;
  return (
    <Card title={CHANNEL_WORDS[name]} aside={<Health channel={channel} />}>
      <Facts
        of={[
          ['Jobs that use it', formatCount(jobs)],
          ['To be sent', typeof waiting === 'number' ? formatCount(waiting) : waiting],
          ['Sent in a week', formatCount(sent)],
          ['Given up in a week', formatCount(failed)],
          ['Last sent', <RelativeTime key="last" at={lastSentAt} />],
        ]}
      />
      {problem !== null && <p className={classes.problem}>{problem}</p>}
    </Card>
  );
}

function Health({ channel: { problem, retrying, failed, sent } }: { channel: ChannelDto }) {
  if (problem !== null) return <StatusBadge kind="paused" word="Not set up" />;
  if (retrying > 0) return <StatusBadge kind="retrying" word="In trouble" />;
  if (failed > 0) return <StatusBadge kind="failed" word="Some given up" />;
  return sent > 0 ? (
    <StatusBadge kind="active" word="Works" />
  ) : (
    <StatusBadge kind="queued" word="Not used" />
  );
}
