import { Skeleton } from '@mantine/core';
import classes from './figure-list.module.css';

export interface Figure {
  label: string;
  value: string;
  note: string;
  isBad?: boolean;
}

/** A handful of numbers, each with what it counts. */
export function FigureList({ figures }: { figures: Figure[] }) {
  return (
    <dl className={classes.cards}>
      {figures.map(({ label, value, note, isBad }) => (
        <div key={label} className={classes.card}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.value} data-bad={isBad || undefined}>
            {value}
          </dd>
          <dd className={classes.note}>{note}</dd>
        </div>
      ))}
    </dl>
  );
}

export function FigureSkeleton() {
  return (
    <div className={classes.cards} aria-busy="true">
      {['one', 'two', 'three', 'four', 'five'].map((name) => (
        <Skeleton key={name} height={94} radius="lg" />
      ))}
    </div>
  );
}
