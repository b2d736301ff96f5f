import { useEffect, useSyncExternalStore } from 'react';

export interface Crumb {
  label: string;
  /** Where it leads; the last one leads nowhere. */
  to?: string;
}

interface PageInfo {
  title: string;
  crumbs: Crumb[];
}

const watchers = new Set<() => void>();
let page: PageInfo = { title: '', crumbs: [] };

/** Names the page in the tab and the breadcrumb. `PageHeader` does it for pages that have one. */
export function usePage(info: PageInfo): void {
  const text = JSON.stringify(info);
  useEffect(() => {
    page = JSON.parse(text) as PageInfo;
    document.title = page.title === '' ? 'Chronos' : `${page.title} - Chronos`;
    for (const watcher of watchers) watcher();
  }, [text]);
}

/** What the page that is shown said of itself. */
export function useCurrentPage(): PageInfo {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => page,
  );
}
