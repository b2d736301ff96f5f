import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** Why there is nothing, and what would bring something. */
  children?: ReactNode;
  /** The one thing to do about it. */
  action?: ReactNode;
}

/**
 * Says why there is nothing and what to do. Nothing yet, nothing that matches and nothing one may see are three different
 * texts: the first teaches, the second offers to clear the filters, the third says whom to ask.
 */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {icon !== undefined && (
        <div className={classes.icon} aria-hidden="true">
          {icon}
        </div>
      )}
      <p className={classes.title}>{title}</p>
      {children !== undefined && <div className={classes.text}>{children}</div>}
      {action}
    </div>
  );
}
