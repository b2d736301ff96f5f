import { ActionIcon, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import {
  IconArrowAutofitDown,
  IconChevronDown,
  IconChevronUp,
  IconDownload,
  IconSearch,
  IconTextWrap,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { SHOWN_FROM } from '../execution-search.js';
import classes from './log.module.css';

type Level = (typeof SHOWN_FROM)[number];

interface LogToolsProps {
  find: string | undefined;
  onFind: (find: string | undefined) => void;
  /** Of how many hits one is at which, from 0; undefined: at none yet. */
  hitCount: number;
  hit: number | undefined;
  onHit: (step: 1 | -1) => void;
  level: Level | undefined;
  onLevel: (level: Level | undefined) => void;
  isWrapped: boolean;
  onWrap: () => void;
  /** Undefined: no more lines will come. */
  isFollowing: boolean | undefined;
  onFollow: () => void;
  onDownload: () => void;
  children: ReactNode;
}

const TYPING_MS = 150;
const LEVEL_LABELS: Record<Level, string> = {
  info: 'Without debug',
  warn: 'Warnings, errors',
  error: 'Errors',
};

/** Above a log: what is looked for, what is shown, and what can be done with it. */
export function LogTools(props: LogToolsProps) {
  const { level, onLevel, isWrapped, onWrap, isFollowing, onFollow, onDownload, children } = props;
  return (
    <div className={classes.tools}>
      <Find {...props} />
      <Select
        size="xs"
        className={classes.levels}
        aria-label="Level"
        placeholder="All levels"
        data={SHOWN_FROM.map((value) => ({ value, label: LEVEL_LABELS[value] }))}
        value={level ?? null}
        onChange={(value) => onLevel(SHOWN_FROM.find((one) => one === value))}
        clearable
        comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      />
      <div className={classes.actions}>
        {isFollowing !== undefined && (
          <Toggle
            label="Follow"
            isOn={isFollowing}
            onClick={onFollow}
            icon={<IconArrowAutofitDown size={16} />}
          />
        )}
        <Toggle
          label="Break long lines"
          isOn={isWrapped}
          onClick={onWrap}
          icon={<IconTextWrap size={16} />}
        />
        {children}
        <ActionIcon size={24} onClick={onDownload} aria-label="Save as a file" data-hint="Save as a file">
          <IconDownload size={16} />
        </ActionIcon>
      </div>
    </div>
  );
}

function Toggle({
  label,
  isOn,
  onClick,
  icon,
}: {
  label: string;
  isOn: boolean;
  onClick: () => void;
  icon: ReactNode;
}) {
  return (
    <ActionIcon
      size={24}
      variant={isOn ? 'light' : 'subtle'}
      color={isOn ? 'accent' : 'gray'}
      aria-label={label}
      aria-pressed={isOn}
      data-hint={label}
      onClick={onClick}
    >
      {icon}
    </ActionIcon>
  );
}

function Find({ find, onFind, hitCount, hit, onHit }: LogToolsProps) {
  const [text, setText] = useState(find ?? '');
  const [shownFor, setShownFor] = useState(find);
  // Going back changes it from outside.
  if (find !== shownFor) {
    setShownFor(find);
    if (text !== (find ?? '')) setText(find ?? '');
  }
  const tell = useDebouncedCallback((next: string) => onFind(next === '' ? undefined : next), TYPING_MS);
  return (
    <div className={classes.find}>
      <TextInput
        size="xs"
        type="search"
        className={classes.findField}
        aria-label="Find in the log"
        placeholder="Find in the log"
        leftSection={<IconSearch size={14} />}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          tell(currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          onHit(event.shiftKey ? -1 : 1);
        }}
      />
      {find !== undefined && (
        <>
          <output className={classes.hits}>
            {hitCount === 0 ? 'No hits' : `${hit === undefined ? '' : `${hit + 1} of `}${countOf(hitCount)}`}
          </output>
          <ActionIcon size={24} disabled={hitCount === 0} onClick={() => onHit(-1)} aria-label="Hit before">
            <IconChevronUp size={16} />
          </ActionIcon>
          <ActionIcon size={24} disabled={hitCount === 0} onClick={() => onHit(1)} aria-label="Next hit">
            <IconChevronDown size={16} />
          </ActionIcon>
        </>
      )}
    </div>
  );
}

function countOf(count: number): string {
  return count === 1 ? '1 hit' : `${count.toLocaleString('en')} hits`;
}
