import type { ReactNode } from 'react';
import classes from './notice.module.css';
import { StatusIcon } from './status-glyph.js';
import { STATUS, type StatusKind } from './status-kind.js';

interface NoticeProps {
  kind: StatusKind;
  title: string;
  /** Read out at once: something went wrong. */
  isAlert?: boolean;
  /** What it means and what to do, as paragraphs. */
  children: ReactNode;
}

/** What is to be known of a page before all else that is on it. */
export function Notice({ kind, title, isAlert = false, children }: NoticeProps) {
  return (
    <section
      className={classes.notice}
      data-tone={STATUS[kind].tone}
      aria-label={title}
      role={isAlert ? 'alert' : undefined}
    >
      <StatusIcon kind={kind} size={20} />
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  );
}
