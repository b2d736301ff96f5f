import type { JobType } from '#client';
import { Card } from '../../../components/card.js';
import { CopyButton } from '../../../components/copy-button.js';
import { JsonView } from '../../../components/json-view.js';
import { plainText } from '../log/terminal-text.js';
import { type ResultPart, resultParts } from './result-parts.js';
import classes from './result-view.module.css';

/** What a job returned, by its type: an answer with status, headers and body, the outputs of a script, or JSON. */
export function ResultView({ type, result }: { type: JobType; result: unknown }) {
  const [first, ...rest] = resultParts(type, result);
  return (
    <Card title="Result">
      <div className={classes.parts}>
        {first && <Part part={first} isAlone={rest.length === 0} />}
        {rest.map((part, index) => (
          // A part is its place.
          // oxlint-disable-next-line react/no-array-index-key
          <Part key={index} part={part} />
        ))}
      </div>
    </Card>
  );
}

function Part({ part, isAlone = false }: { part: ResultPart; isAlone?: boolean }) {
  switch (part.kind) {
    case 'facts':
      return (
        <dl className={classes.facts}>
          {part.facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      );
    case 'table':
      return (
        <details className={classes.details}>
          <summary>
            {part.title} <span className={classes.count}>{part.rows.length}</span>
          </summary>
          <table className={classes.table}>
            <tbody>
              {part.rows.map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      );
    case 'text':
      return <TextPart {...part} />;
    case 'json-text':
      return (
        <section aria-label={part.title}>
          <h3 className={classes.title}>{part.title}</h3>
          <JsonView text={part.text} />
        </section>
      );
    case 'json':
      return (
        <section aria-label={part.title}>
          {!isAlone && <h3 className={classes.title}>{part.title}</h3>}
          <JsonView value={part.value} />
        </section>
      );
  }
}

/** Whatever it is, HTML too, it is shown as the text it is. */
function TextPart({ title, text, isTruncated }: Extract<ResultPart, { kind: 'text' }>) {
  if (text === '') {
    return (
      <p className={classes.none}>
        {title}: <span>empty</span>
      </p>
    );
  }
  return (
    <section aria-label={title}>
      <h3 className={classes.title}>
        {title}
        {isTruncated && <span className={classes.truncated}>the first 64 KiB</span>}
        <span className={classes.copy}>
          <CopyButton text={text} what={title.toLowerCase()} />
        </span>
      </h3>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes.text} tabIndex={0} aria-label={title}>
        {plainText(text)}
      </pre>
    </section>
  );
}
