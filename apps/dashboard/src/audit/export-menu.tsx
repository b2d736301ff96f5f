import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { AuditExportFormat } from '#client';
import { api } from '../api/client.js';
import { describeError } from '../api/describe-error.js';
import { saveFile } from '../components/save-file.js';
import type { AuditSearch } from './audit-search.js';
import { auditQuery } from './use-audit.js';

const FORMATS: { format: AuditExportFormat; label: string }[] = [
  { format: 'csv', label: 'CSV, for spreadsheets' },
  { format: 'ndjson', label: 'NDJSON, an entry a line' },
];

/** Saves all that matches, not only what has been scrolled to. */
export function ExportMenu({ search }: { search: AuditSearch }) {
  const save = useMutation({
    mutationFn: async (format: AuditExportFormat) => {
      const query = { ...auditQuery(search), format };
      const { data } = await api.GET('/api/v1/audit/export', { params: { query }, parseAs: 'blob' });
      if (data) saveFile(`chronos-audit.${format}`, data);
    },
    onError: (error) => {
      const { title, message } = describeError(error);
      notifications.show({ color: 'danger', title, message });
    },
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />} loading={save.isPending}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(({ format, label }) => (
          <Menu.Item key={format} onClick={() => save.mutate(format)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
