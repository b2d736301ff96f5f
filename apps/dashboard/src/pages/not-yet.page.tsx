import { Anchor, Text, Title } from '@mantine/core';
import { usePage } from '../shell/page-store.js';

/** Holds the place of a page that is being built, so that links to it can be written now. Gone with the last of them. */
export default function NotYetPage() {
  usePage({ title: 'Being built', crumbs: [{ label: 'Being built' }] });
  return (
    <>
      <Title order={1}>This page is being built</Title>
      <Text c="dimmed">
        Until then the command line and the <Anchor href="/api/docs">API</Anchor> do what it will do.
      </Text>
    </>
  );
}
