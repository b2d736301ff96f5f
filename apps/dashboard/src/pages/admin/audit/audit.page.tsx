import { getRouteApi } from '@tanstack/react-router';
import { AuditTrail } from '../../../audit/audit-trail.js';
import type { AuditSearch } from '../../../audit/audit-search.js';
import { ExportMenu } from '../../../audit/export-menu.js';
import { PageHeader } from '../../../components/page-header.js';
import { useSetSearch } from '../../../shell/search-params.js';

const route = getRouteApi('/shell/admin/audit');

/** Every change and every sign-in of the installation. */
export default function AuditPage() {
  const search = route.useSearch();
  const setSearch = useSetSearch<AuditSearch>();
  return (
    <>
      <PageHeader
        title="Audit log"
        crumbs={[{ label: 'Admin', to: '/admin' }]}
        actions={<ExportMenu search={search} />}
      />
      <AuditTrail search={search} onSearch={setSearch} />
    </>
  );
}
