import { ActionIcon } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from './copy-text.js';

const SHOWN_MS = 1_500;

/** Copies a text, and says so. `what`: for its label, as in "Copy the id"; a long text can be made when it is wanted. */
export function CopyButton({ text, what }: { text: string | (() => string); what: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async () => {
    if (await copyText(typeof text === 'string' ? text : text())) setCopied(true);
    else
      notifications.show({
        color: 'danger',
        message: 'The browser did not let it be copied. Select it and copy by hand.',
      });
  };
  return (
    <ActionIcon
      size={24}
      onClick={() => void copy()}
      aria-label={isCopied ? 'Copied' : `Copy ${what}`}
      data-hint={isCopied ? 'Copied' : `Copy ${what}`}
    >
      {isCopied ? <IconCheck size={15} /> : <IconCopy size={15} />}
    </ActionIcon>
  );
}
