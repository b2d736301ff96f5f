import { getRouteApi } from '@tanstack/react-router';
import type { AuditSearch } from '../../audit/audit-search.js';
import { AuditTrail } from '../../audit/audit-trail.js';
import { PageHeader } from '../../components/page-header.js';
import { useSetSearch } from '../../shell/search-params.js';
import { useUser } from '../../shell/use-session.js';

const route = getRouteApi('/shell/settings/activity');

/** What was done with one's own account and jobs. Administrators, who may see all, see what they did themselves. */
export default function ActivityPage() {
  const search = route.useSearch();
  const setSearch = useSetSearch<AuditSearch>();
  const user = useUser();
  return (
    <>
      <PageHeader title="Activity" crumbs={[{ label: 'Settings', to: '/settings' }]}>
        {user?.role === 'admin'
          ? 'What you did, and your sign-ins.'
          : 'Your sign-ins, and what was done with your account and your jobs.'}
      </PageHeader>
      <AuditTrail search={search} onSearch={setSearch} {...(user?.role === 'admin' && { onlyBy: user.id })} />
    </>
  );
}
