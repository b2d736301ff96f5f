import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCopy, IconFileCode, IconTerminal2 } from '@tabler/icons-react';
import { copyText } from '../../components/copy-text.js';
import { describeError } from '../../api/describe-error.js';
import type { JobRequest } from './model/to-request.js';

interface CopyMenuProps {
  /** The job as it is in the form; undefined where something is wrong with it, which the form says then. */
  check: () => JobRequest | undefined;
  /** Of an edit. */
  jobId: string | undefined;
}

/** Takes the form along as text, for a shell or a file. */
export function CopyMenu({ check, jobId }: CopyMenuProps) {
  const copy = async (kind: 'curl' | 'yaml') => {
    const request = check();
    if (!request) return;
    try {
      const { asCurl, asYaml } = await import('./model/as-text.js');
      const text = kind === 'curl' ? asCurl(location.origin, request, jobId) : asYaml(request, jobId);
      if (!(await copyText(text))) throw new Error('The browser did not let it be copied.');
      notifications.show({ message: SAID[kind] });
    } catch (error) {
      notifications.show({ color: 'danger', message: describeError(error).message });
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconCopy size={16} />}>
          Copy as
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconTerminal2 size={16} />} onClick={() => void copy('curl')}>
          curl
        </Menu.Item>
        <Menu.Item leftSection={<IconFileCode size={16} />} onClick={() => void copy('yaml')}>
          YAML for chronos apply
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const SAID = {
  curl: 'Copied. Put an API key into CHRONOS_API_KEY; secrets are masked.',
  yaml: 'Copied. Secrets are masked.',
};
