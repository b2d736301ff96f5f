import { Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { PageSkeleton } from '../../components/page-skeleton.js';
import { AdminsOnly } from '../../shell/admins-only.js';
import { ADMIN_PAGES } from '../../shell/navigation.js';
import { SectionTabs } from '../../shell/section-tabs.js';

/** Around the pages of administrators. */
export default function AdminPage() {
  return (
    <AdminsOnly>
      <SectionTabs label="Admin pages" pages={ADMIN_PAGES} />
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </AdminsOnly>
  );
}
