import { Kbd, Modal } from '@mantine/core';
import { useKeyGroups } from './keys.js';
import classes from './keys-help.module.css';

/** What can be pressed on the page that is shown. */
export default function KeysHelp({ onClose }: { onClose: () => void }) {
  const groups = useKeyGroups().filter(({ bindings }) => bindings.length > 0);
  return (
    <Modal opened onClose={onClose} title="Keys" size="lg">
      <div className={classes.groups}>
        {groups.toReversed().map(({ name, bindings }) => (
          <section key={name}>
            <h3 className={classes.name}>{name}</h3>
            <dl className={classes.list}>
              {bindings.map(({ keys, label }) => (
                <div key={keys} className={classes.row}>
                  <dt>{label}</dt>
                  <dd className={classes.keys}>
                    {keys.split(/[ +]/).map((key) => (
                      <Kbd key={key}>{NAMES[key] ?? key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

const NAMES: Record<string, string> = { mod: 'Ctrl / \u2318', Escape: 'Esc' };
