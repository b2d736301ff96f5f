import { faultsInData } from './faults-in-data.js';
import own from './fieldset.module.css';

const SHOWN = 5;

/** What of the data a handler would refuse, by the schema it tells. A warning: it is the worker that decides. */
export default function SchemaCheck({ schema, data }: { schema: Record<string, unknown>; data: string }) {
  const faults = faultsInData(schema, data);
  return (
    <output>
      {faults.length > 0 && (
        <div className={own.check}>
          The handler will refuse these data:
          <ul>
            {faults.slice(0, SHOWN).map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </div>
      )}
    </output>
  );
}
