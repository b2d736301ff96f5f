import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconKey } from '@tabler/icons-react';
import type { AuditEventDto } from '#client';
import type { Column } from '../components/data-table.js';
import { Time } from '../components/time.js';
import { AuditTarget } from './audit-target.js';
import { ACTION_WORDS, actorOf } from './audit-words.js';
import classes from './audit.module.css';

interface Rows {
  open: ReadonlySet<string>;
  onToggle: (event: AuditEventDto) => void;
  /** On a phone: fewer columns of more lines. */
  isNarrow: boolean;
}

/** What the list tells of each entry; the rest is in the row that opens below it. */
export function auditColumns({ open, onToggle, isNarrow }: Rows): Column<AuditEventDto>[] {
  return [
    {
      id: 'more',
      header: 'More',
      width: '52px',
      cell: (event) => <More event={event} isOpen={open.has(event.id)} onToggle={onToggle} />,
    },
    {
      id: 'when',
      header: 'When',
      width: isNarrow ? '104px' : '136px',
      cell: ({ occurredAt }) => <Time at={occurredAt} format={isNarrow ? 'short' : 'seconds'} />,
    },
    {
      id: 'who',
      header: 'Who',
      width: 'minmax(120px, 1.2fr)',
      minTableWidth: WIDE,
      cell: (event) => <Who event={event} />,
    },
    {
      id: 'what',
      header: 'What',
      width: 'minmax(132px, 1.2fr)',
      cell: (event) => (
        <span className={classes.what} data-alarming={ALARMING.has(event.action) || undefined}>
          {ACTION_WORDS[event.action]}
          {isNarrow && <Who event={event} />}
        </span>
      ),
    },
    {
      id: 'target',
      header: 'To what',
      width: 'minmax(120px, 1.4fr)',
      minTableWidth: 480,
      cell: (event) => <AuditTarget event={event} />,
    },
    {
      id: 'address',
      header: 'From',
      width: '132px',
      minTableWidth: 960,
      cell: ({ address }) => <span className={classes.address}>{address}</span>,
    },
  ];
}

/** With who did it in a column of its own. */
const WIDE = 600;

function Who({ event }: { event: AuditEventDto }) {
  return (
    <span className={classes.who} data-hint={actorOf(event)}>
      <span className={classes.actor}>{actorOf(event)}</span>
      {event.apiKeyId !== null && (
        <span className={classes.key} data-hint="With an API key">
          <IconKey size={14} aria-hidden="true" />
          <span className="visually-hidden">with an API key</span>
        </span>
      )}
    </span>
  );
}

/** What somebody who looks for trouble looks for. */
const ALARMING = new Set<AuditEventDto['action']>([
  'user.login_failed',
  'user.lock',
  'session.reuse',
  'user.password_change_failed',
]);

function More({
  event,
  isOpen,
  onToggle,
}: {
  event: AuditEventDto;
  isOpen: boolean;
  onToggle: (event: AuditEventDto) => void;
}) {
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <ActionIcon
      size={24}
      aria-expanded={isOpen}
      aria-label={`${actorOf(event)} ${ACTION_WORDS[event.action]}: more`}
      onClick={() => onToggle(event)}
    >
      <Icon size={16} />
    </ActionIcon>
  );
}
