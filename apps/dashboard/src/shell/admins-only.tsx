import { Anchor, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './message-page.module.css';
import { usePage } from './page-store.js';
import { useIsAdmin } from './use-session.js';

/** A page for administrators; others are told so at its address, and nothing of it is asked for. */
export function AdminsOnly({ children }: { children: ReactNode }) {
  return useIsAdmin() ? children : <NotAnAdmin />;
}

function NotAnAdmin() {
  usePage({ title: 'For administrators', crumbs: [] });
  return (
    <div className={classes.page}>
      <Title order={1}>This page is for administrators</Title>
      <Text c="dimmed">You are signed in as a user. An administrator can give you the role under Users.</Text>
      <Anchor renderRoot={(props) => <Link to="/" {...props} />}>Go to the overview</Anchor>
    </div>
  );
}
