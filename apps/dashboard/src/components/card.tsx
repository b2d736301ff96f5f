import type { ReactNode } from 'react';
import classes from './card.module.css';

interface CardProps {
  title: string;
  /** Beside the title: a count, a link to the whole. */
  aside?: ReactNode;
  children: ReactNode;
  /** Lists and tables reach the edges. */
  isFlush?: boolean;
}

/** A part of a page with a title of its own. */
export function Card({ title, aside, children, isFlush = false }: CardProps) {
  return (
    <section className={classes.card} aria-label={title}>
      <div className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        {aside !== undefined && <div className={classes.aside}>{aside}</div>}
      </div>
      <div className={classes.body} data-flush={isFlush || undefined}>
        {children}
      </div>
    </section>
  );
}
