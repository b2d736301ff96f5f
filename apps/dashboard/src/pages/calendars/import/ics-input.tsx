import { Button, FileButton, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';

export interface IcsGiven {
  ics: string;
  source: string;
}

/** What the API takes of one file. */
const MAX_BYTES = 1_048_576;

interface IcsInputProps {
  value: IcsGiven;
  onChange: (value: IcsGiven) => void;
  error?: string | undefined;
}

/** An iCalendar file, chosen, dropped or pasted, and a name for where it comes from. */
export function IcsInput({ value, onChange, error }: IcsInputProps) {
  const [fault, setFault] = useState<string>();
  const take = async (file: File | null) => {
    if (!file) return;
    if (file.size > MAX_BYTES) {
      return setFault(`${file.name} is larger than 1 MB; export a shorter time, or fewer calendars.`);
    }
    setFault(undefined);
    onChange({ ics: await file.text(), source: sourceOf(file.name) || value.source });
  };
  return (
    <Stack gap="md">
      <Group gap="sm">
        <FileButton accept=".ics,text/calendar" onChange={(file) => void take(file)}>
          {(props) => (
            <Button variant="default" leftSection={<IconFileUpload size={16} />} {...props}>
              Choose a file
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          or drop one below, or paste its text
        </Text>
      </Group>
      <Textarea
        label="iCalendar text"
        rows={6}
        spellCheck={false}
        placeholder={'BEGIN:VCALENDAR\n\u2026'}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        error={fault ?? error}
        value={value.ics}
        onChange={({ currentTarget }) => onChange({ ...value, ics: currentTarget.value })}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void take(event.dataTransfer.files[0] ?? null);
        }}
      />
      <TextInput
        label="Name of the source"
        description="A later import under the same name replaces this one."
        maxLength={100}
        value={value.source}
        onChange={({ currentTarget }) => onChange({ ...value, source: currentTarget.value })}
      />
    </Stack>
  );
}

/** `holidays` of `holidays.ics`. */
function sourceOf(fileName: string): string {
  return fileName.replace(/\.(?:ics|ical|ifb)$/i, '').slice(0, 100);
}
