import type { ReactNode } from 'react';
import { type Crumb, usePage } from '../shell/page-store.js';
import classes from './page-header.module.css';

interface PageHeaderProps {
  title: string;
  /** The way here, without the page itself: `[{ label: 'Jobs', to: '/jobs' }]`. */
  crumbs?: Crumb[];
  /** Beside the title: a status. */
  status?: ReactNode;
  /** Below it: a sentence. */
  children?: ReactNode;
  /** Buttons, the most used one last. */
  actions?: ReactNode;
}

/** The head of a page: its name here, in the tab and in the breadcrumb, and what can be done with it. */
export function PageHeader({ title, crumbs, status, children, actions }: PageHeaderProps) {
  usePage({ title, crumbs: [...(crumbs ?? []), { label: title }] });
  return (
    <header className={classes.header}>
      <div className={classes.text}>
        <div className={classes.line}>
          <h1 className={classes.title}>{title}</h1>
          {status}
        </div>
        {children !== undefined && <div className={classes.sub}>{children}</div>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
