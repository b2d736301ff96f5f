import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface KeyBinding {
  /** One key (`j`, `?`, `Escape`) or two in a row (`g o`). `mod+k`: Ctrl, or Cmd on a Mac. */
  keys: string;
  /** What it does, for the list that `?` shows. */
  label: string;
  run: (event: KeyboardEvent) => void;
  /** Also while a field has the focus. */
  inFields?: boolean;
}

interface Group {
  readonly name: string;
  readonly bindings: KeyBinding[];
}

/** The second key of two comes within this time. */
const SEQUENCE_MS = 1_200;

const watchers = new Set<() => void>();
let groups: Group[] = [];
let first: { key: string; at: number } | undefined;

addEventListener('keydown', onKeyDown);

/** Binds keys while the component is there, and lists them under a name. The newest binding of a key wins. */
export function useKeys(name: string, bindings: KeyBinding[]): void {
  const newest = useRef(bindings);
  useEffect(() => {
    // What they do may have changed with this render; that they are there has not.
    newest.current = bindings;
  });
  useEffect(() => {
    const group: Group = {
      name,
      get bindings() {
        return newest.current;
      },
    };
    groups = [...groups, group];
    tell();
    return () => {
      groups = groups.filter((one) => one !== group);
      tell();
    };
  }, [name]);
}

/** What can be pressed at the moment. */
export function useKeyGroups(): Group[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => groups,
  );
}

function tell(): void {
  for (const watcher of watchers) watcher();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = nameOf(event);
  if (name === undefined) return;
  const isSecond = first !== undefined && event.timeStamp - first.at < SEQUENCE_MS;
  const pressed = isSecond && first ? `${first.key} ${name}` : name;
  first = undefined;
  const binding = find(pressed) ?? find(name);
  if (binding) {
    if (isInField(event) && !binding.inFields) return;
    event.preventDefault();
    binding.run(event);
  } else if (!isInField(event) && startsSequence(name)) {
    first = { key: name, at: event.timeStamp };
  }
}

function find(keys: string): KeyBinding | undefined {
  return groups
    .flatMap(({ bindings }) => bindings)
    .toReversed()
    .find((binding) => binding.keys === keys);
}

function startsSequence(name: string): boolean {
  return groups.some(({ bindings }) => bindings.some(({ keys }) => keys.startsWith(`${name} `)));
}

/** Other combinations with Ctrl, Alt or Cmd belong to the browser. */
function nameOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): string | undefined {
  if (altKey || key === 'Shift') return undefined;
  if (ctrlKey || metaKey) return `mod+${key.toLowerCase()}`;
  return key;
}

/** Also anything inside a dialog: what lies behind it must not react. */
function isInField({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="menu"], [role="listbox"]') !== null
  );
}
