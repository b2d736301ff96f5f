import { Anchor, Text, Title } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { usePage } from './page-store.js';
import classes from './message-page.module.css';

/** An address that leads nowhere. */
export function NotFoundPage() {
  usePage({ title: 'Not found', crumbs: [] });
  const { pathname } = useLocation();
  return (
    <div className={classes.page}>
      <Title order={1}>There is nothing here</Title>
      <Text c="dimmed">
        <code>{pathname}</code> is not a page of Chronos. The link may be old, or mistyped.
      </Text>
      <Anchor component={Link} to="/">
        Go to the overview
      </Anchor>
    </div>
  );
}
