import { Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import classes from './palette.module.css';
import { type Command, useCommands } from './use-commands.js';

/** Finds jobs by name, pages and commands; an id that is pasted leads to what it names. The first match is one Enter away. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const groups = useCommands(query.trim());
  const commands = groups.flatMap((group) => group.commands);
  const active = Math.min(at, commands.length - 1);

  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((active + step + commands.length) % Math.max(commands.length, 1));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(commands[active]);
    else return;
    event.preventDefault();
  };

  return (
    <Modal.Root opened onClose={onClose} padding={0} size="lg" yOffset="12vh" centered={false}>
      <Modal.Overlay />
      <Modal.Content aria-label="Search and commands">
        <div className={classes.field}>
          <IconSearch size={18} aria-hidden="true" />
          <input
            className={classes.input}
            data-autofocus
            role="combobox"
            aria-label="Search and commands"
            aria-expanded={commands.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={commands[active] && `${id}-${active}`}
            autoComplete="off"
            spellCheck={false}
            placeholder="A job, a page, an id"
            value={query}
            onChange={({ currentTarget }) => {
              setQuery(currentTarget.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div id={`${id}-list`} role="listbox" aria-label="Matches" className={classes.list}>
          {groups.map(({ name, commands: all }) => (
            <div key={name} role="group" aria-label={name}>
              <div className={classes.group} aria-hidden="true">
                {name}
              </div>
              {all.map((command) => {
                const index = commands.indexOf(command);
                return (
                  // The field has the keys: a combobox keeps the focus there (ARIA APG).
                  // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
                  <div
                    key={command.id}
                    id={`${id}-${index}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={index === active}
                    className={classes.option}
                    onPointerMove={() => setAt(index)}
                    onClick={() => run(command)}
                  >
                    <command.icon size={18} stroke={1.75} />
                    <span className={classes.label}>{command.label}</span>
                    {command.hint !== undefined && <span className={classes.hint}>{command.hint}</span>}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
        {commands.length === 0 && <output className={classes.empty}>No job or page is called that.</output>}
      </Modal.Content>
    </Modal.Root>
  );
}
