import { useCallback, useSyncExternalStore } from 'react';
import type { ZoneChoice } from '../time/zone.js';

/** What a person sets once and finds again, in this browser. */
interface Preferences {
  zone: ZoneChoice;
  density: 'compact' | 'comfortable';
  isNavCollapsed: boolean;
  /** Are long lines of logs broken? */
  isLogWrapped: boolean;
}

const DEFAULTS: Preferences = {
  zone: 'mine',
  density: 'compact',
  isNavCollapsed: false,
  isLogWrapped: false,
};
const KEY = 'chronos.preferences';

const watchers = new Set<() => void>();
let kept = load();

addEventListener('storage', ({ key }) => {
  if (key !== KEY) return;
  kept = load();
  tell();
});

/** A preference and what sets it, in every tab. */
export function usePreference<Name extends keyof Preferences>(
  name: Name,
): [Preferences[Name], (value: Preferences[Name]) => void] {
  const value = useSyncExternalStore(watch, () => kept[name]);
  const set = useCallback(
    (next: Preferences[Name]) => {
      kept = { ...kept, [name]: next };
      localStorage.setItem(KEY, JSON.stringify(kept));
      tell();
    },
    [name],
  );
  return [value, set];
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function tell(): void {
  for (const watcher of watchers) watcher();
}

function load(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return DEFAULTS;
  }
}
