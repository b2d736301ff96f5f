import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import classes from './fold.module.css';

interface FoldProps {
  title: string;
  /** What it is set to, in a few words: read without opening it. */
  summary: ReactNode;
  /** Something in it is wrong: it stands open. */
  hasFaults: boolean;
  children: ReactNode;
}

/** A part of the form that most jobs leave as it is: closed, it says what that is. */
export function Fold({ title, summary, hasFaults, children }: FoldProps) {
  const [isWanted, setWanted] = useState(false);
  const isOpen = isWanted || hasFaults;
  const id = useId();
  return (
    <section className={classes.fold} aria-label={title}>
      <h2 className={classes.head}>
        <button
          type="button"
          className={classes.button}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setWanted(!isOpen)}
        >
          <IconChevronRight size={16} aria-hidden="true" className={classes.chevron} />
          <span>{title}</span>
          {!isOpen && <span className={classes.summary}>{summary}</span>}
        </button>
      </h2>
      <div id={id} className={classes.body} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </section>
  );
}
