import { Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { PageSkeleton } from '../../components/page-skeleton.js';
import { SETTINGS_PAGES } from '../../shell/navigation.js';
import { SectionTabs } from '../../shell/section-tabs.js';

/** Around what everybody has of their own. */
export default function SettingsPage() {
  return (
    <>
      <SectionTabs label="Settings pages" pages={SETTINGS_PAGES} />
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </>
  );
}
