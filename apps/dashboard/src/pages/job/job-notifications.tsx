import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import type { JobDto, NotificationDto } from '#client';
import { Card } from '../../components/card.js';
import { JsonView } from '../../components/json-view.js';
import { StatusBadge } from '../../components/status-badge.js';
import { RelativeTime } from '../../components/time.js';
import { badgeOf, CHANNEL_WORDS, EVENT_WORDS } from '../../notifications/notification-words.js';
import { useJobNotifications, useTestNotifications } from '../../notifications/use-notifications.js';
import classes from './job-notifications.module.css';

/** Whom a job tells how it ends, what became of the latest messages, and a way to try it out. */
export function JobNotifications({ job: { id, notifications } }: { job: JobDto }) {
  const test = useTestNotifications(id);
  const messages = useJobNotifications(id);
  return (
    <Card
      title="Notifications"
      aside={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconSend size={14} />}
          loading={test.isPending}
          onClick={() => test.mutate(undefined)}
        >
          Send a test
        </Button>
      }
    >
      <JsonView value={notifications} />
      {messages.data && messages.data.items.length > 0 && (
        <ul className={classes.messages} aria-label="Latest messages">
          {messages.data.items.map((message) => (
            <Message key={message.id} message={message} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Message({ message }: { message: NotificationDto }) {
  const { event, channel, recipient, error, status, sentAt, createdAt } = message;
  return (
    <li className={classes.message}>
      <StatusBadge {...badgeOf(message)} isPlain />
      <span>
        {EVENT_WORDS[event]}, by {CHANNEL_WORDS[channel]}
        {recipient !== null && ` to ${recipient}`}
      </span>
      <span className={classes.when}>
        <RelativeTime at={sentAt ?? createdAt} />
      </span>
      {error !== null && status !== 'sent' && <span className={classes.error}>{error}</span>}
    </li>
  );
}
