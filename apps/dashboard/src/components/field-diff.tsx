import classes from './field-diff.module.css';

interface FieldDiffProps {
  /** `field`: `payload.url`; undefined or null: nothing there. */
  changes: { field: string; from: unknown; to: unknown }[];
  /** What a field is called; default: as the API calls it. */
  labelOf?: (field: string) => string;
  /** A value in words; default: texts as they are, all else as JSON. */
  format?: (field: string, value: unknown) => string;
}

/** What changes, field by field: what was and what is now. */
export function FieldDiff({ changes, labelOf = itself, format = plain }: FieldDiffProps) {
  return (
    <dl className={classes.diff}>
      {changes.map(({ field, from, to }) => (
        <div key={field} className={classes.change}>
          <dt className={classes.field}>{labelOf(field)}</dt>
          {from !== undefined && from !== null && (
            <dd className={classes.from}>
              <span className={classes.sign} aria-hidden="true">
                -
              </span>
              <span className="visually-hidden">was </span>
              <del>{format(field, from)}</del>
            </dd>
          )}
          <dd className={classes.to}>
            <span className={classes.sign} aria-hidden="true">
              +
            </span>
            <span className="visually-hidden">becomes </span>
            <ins>{to === undefined || to === null ? 'nothing' : format(field, to)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function itself(field: string): string {
  return field;
}

function plain(_field: string, value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
