import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBraces, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { copyText } from '../../components/copy-text.js';
import { useUser } from '../../shell/use-session.js';
import type { ParentValues } from './model/form-values.js';
import { parentPath } from './model/parent-path.js';
import { useParents } from './use-parents.js';

interface InsertValueProps {
  /** The text that was last typed in. */
  target: RefObject<HTMLElement | null>;
  /** Whose job it is; undefined: of who is signed in. */
  ownerId: string | undefined;
  /** Jobs it runs after. */
  parents: ParentValues[];
}

const OF_THE_RUN: [path: string, what: string][] = [
  ['scheduledFor', 'the time it is for'],
  ['executionId', 'the same at every attempt'],
  ['attempt', '1, 2 and so on'],
  ['jobName', ''],
];

/** Puts what is filled in when a run starts into the text one was typing: secrets by name, the run's time, results of parents. */
export function InsertValue({ target, ownerId, parents }: InsertValueProps) {
  const [isOpen, setOpen] = useState(false);
  const me = useUser()?.id;
  const isMine = ownerId === undefined || ownerId === me;
  const { data: secrets } = useQuery({
    queryKey: keys.secrets(),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/secrets', { signal })),
    enabled: isOpen && isMine,
    // One may have been made in another tab.
    staleTime: 0,
  });
  const jobs = [...useParents(parents.map(({ jobId }) => jobId)).values()];
  const item = (path: string, what: string) => (
    <Menu.Item
      key={path}
      rightSection={<small>{what}</small>}
      onClick={() => insert(target.current, `{{ ${path} }}`)}
    >
      <code>{path}</code>
    </Menu.Item>
  );
  return (
    <Menu position="bottom-start" returnFocus={false} onChange={setOpen}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconBraces size={14} />}>
          Insert a value
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Label>Of the run</Menu.Label>
        {OF_THE_RUN.map(([path, what]) => item(path, what))}
        {jobs.length > 0 && <Menu.Label>Of the jobs before it</Menu.Label>}
        {jobs.flatMap((job) => [
          item(`${parentPath(job, jobs)}.result`, 'as it is stored'),
          item(`${parentPath(job, jobs)}.json`, 'what its answer says'),
        ])}
        {isMine && <Menu.Label>Secrets</Menu.Label>}
        {isMine && secrets?.map(({ name }) => item(`secrets.${name}`, ''))}
        {isMine && (
          // In a tab of its own: what is typed here stays.
          <Menu.Item
            component="a"
            href="/settings/secrets"
            target="_blank"
            rel="noreferrer"
            leftSection={<IconPlus size={14} />}
          >
            Keep a secret under a name
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** As if it were typed, so that it can be undone; where nothing has been typed in, it goes to the clipboard. */
function insert(target: HTMLElement | null, text: string): void {
  requestAnimationFrame(() => {
    target?.focus();
    // oxlint-disable-next-line typescript/no-deprecated -- nothing else can be undone as what is typed can
    if (target?.isConnected && document.execCommand('insertText', false, text)) return;
    void copyText(text).then((isCopied) => {
      const message = isCopied
        ? `Copied ${text}. Paste it where it belongs.`
        : `Type ${text} where it belongs.`;
      notifications.show({ message });
    });
  });
}
