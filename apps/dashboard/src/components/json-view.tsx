import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { CopyButton } from './copy-button.js';
import { ExactNumber, parseExactly } from './exact-json.js';
import classes from './json-view.module.css';

/** So many entries of one list are drawn before one asks for more. */
const FIRST_ENTRIES = 100;
const OPEN_DEPTH = 2;

type JsonViewProps =
  | {
      /** JSON as it came, so that numbers keep every digit. */
      text: string;
    }
  | { value: unknown };

/** JSON as a tree that opens and closes, or as text; copied as text. */
export function JsonView(props: JsonViewProps) {
  const [mode, setMode] = useState('tree');
  const value = 'text' in props ? parseExactly(props.text) : props.value;
  const text = print(value);
  return (
    <div className={classes.view}>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label="Shown as"
          value={mode}
          onChange={setMode}
          data={[
            { value: 'tree', label: 'Tree' },
            { value: 'text', label: 'Text' },
          ]}
        />
        <CopyButton text={text} what="the JSON" />
      </div>
      {mode === 'tree' ? (
        <div className={classes.tree}>
          <Node value={value} depth={0} />
        </div>
      ) : (
        // Focusable, so that it can be scrolled by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={classes.text} tabIndex={0} aria-label="JSON">
          {text}
        </pre>
      )}
    </div>
  );
}

function Node({ name, value, depth }: { name?: string; value: unknown; depth: number }) {
  const [shown, setShown] = useState(FIRST_ENTRIES);
  const label = name === undefined ? null : <span className={classes.name}>{name}: </span>;
  if (!isContainer(value)) {
    return (
      <div className={classes.leaf}>
        {label}
        <Leaf value={value} />
      </div>
    );
  }
  const entries = Object.entries(value);
  const summary = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  if (entries.length === 0) {
    return (
      <div className={classes.leaf}>
        {label}
        {Array.isArray(value) ? '[]' : '{}'}
      </div>
    );
  }
  return (
    <details className={classes.node} open={depth < OPEN_DEPTH}>
      <summary>
        {label}
        <span className={classes.count}>{summary}</span>
      </summary>
      {entries.slice(0, shown).map(([key, entry]) => (
        <Node key={key} name={key} value={entry} depth={depth + 1} />
      ))}
      {entries.length > shown && (
        <button type="button" className={classes.more} onClick={() => setShown(shown + FIRST_ENTRIES)}>
          {entries.length - shown} more
        </button>
      )}
    </details>
  );
}

function Leaf({ value }: { value: unknown }) {
  if (value instanceof ExactNumber) return <span className={classes.number}>{value.source}</span>;
  if (typeof value === 'string') return <span className={classes.string}>{JSON.stringify(value)}</span>;
  return <span className={typeof value === 'number' ? classes.number : classes.word}>{String(value)}</span>;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof ExactNumber);
}

/** Indented; exact numbers go in as they were written. */
function print(value: unknown): string {
  const exact: string[] = [];
  const text = JSON.stringify(
    value,
    (_key, one: unknown) => {
      if (!(one instanceof ExactNumber)) return one;
      exact.push(one.source);
      return `\u0000${exact.length - 1}`;
    },
    2,
  );
  return text.replaceAll(/"\\u0000(\d+)"/g, (_whole, index: string) => exact[Number(index)] ?? '');
}
