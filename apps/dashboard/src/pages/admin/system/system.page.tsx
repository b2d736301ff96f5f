import { Stack } from '@mantine/core';
import { PageHeader } from '../../../components/page-header.js';
import { PauseCard } from './pause-card.js';

/** The installation as a whole: whether it runs, and what it runs on. */
export default function SystemPage() {
  return (
    <>
      <PageHeader title="System" crumbs={[{ label: 'Admin', to: '/admin' }]} />
      <Stack gap="lg">
        <PauseCard />
      </Stack>
    </>
  );
}
