import { Link } from '@tanstack/react-router';
import type { ADMIN_PAGES, SETTINGS_PAGES } from './navigation.js';
import classes from './section-tabs.module.css';

interface SectionTabsProps {
  /** What the pages are, for who listens: "Admin". */
  label: string;
  pages: typeof ADMIN_PAGES | typeof SETTINGS_PAGES;
}

/** The pages of a section beside each other, above the one that is shown. */
export function SectionTabs({ label, pages }: SectionTabsProps) {
  return (
    <nav aria-label={label} className={classes.tabs}>
      {pages.map(({ to, label: name, icon: Icon }) => (
        <Link key={to} to={to} className={classes.tab} activeOptions={{ includeSearch: false }}>
          <Icon size={16} stroke={1.75} />
          {name}
        </Link>
      ))}
    </nav>
  );
}
