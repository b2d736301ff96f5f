import { Title } from '@mantine/core';
import { usePage } from '../../shell/page-store.js';

export default function OverviewPage() {
  usePage({ title: 'Overview', crumbs: [{ label: 'Overview' }] });
  return <Title order={1}>Overview</Title>;
}
