import { Skeleton, Stack, Text } from '@mantine/core';
import type { AuditEventDto, JobDto } from '#client';
import { Card } from '../../components/card.js';
import { EmptyState } from '../../components/empty-state.js';
import { fieldChanges } from '../../components/field-changes.js';
import { FieldDiff } from '../../components/field-diff.js';
import { Loaded } from '../../components/loaded.js';
import { Time } from '../../components/time.js';
import { changedFields, useJobChanges } from './use-schedule-changes.js';

/** Who did what to a job, newest first, field by field. */
export default function ChangesTab({ job }: { job: JobDto }) {
  const query = useJobChanges(job.id);
  return (
    <Loaded query={query} skeleton={<Skeleton height={240} />}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="No changes on record">
            The audit trail keeps them for as long as it is told to.
          </EmptyState>
        ) : (
          <Stack gap="md">
            {items.map((event) => (
              <Change key={event.id} event={event} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function Change({ event }: { event: AuditEventDto }) {
  const isNew = event.action === 'job.create';
  const fields = isNew ? [] : changedFields(event);
  return (
    <Card
      title={VERBS[event.action] ?? event.action}
      aside={
        <Text size="sm" c="dimmed">
          {event.actorEmail ?? 'Chronos'}, <Time at={event.occurredAt} format="long" />
        </Text>
      }
    >
      {fields.length === 0 ? (
        <Text size="sm" c="dimmed">
          {isNew ? 'As it was first written.' : 'No field of it changed.'}
        </Text>
      ) : (
        <FieldDiff changes={fieldChanges(event.before, event.after)} />
      )}
    </Card>
  );
}

const VERBS: Partial<Record<AuditEventDto['action'], string>> = {
  'job.create': 'Created',
  'job.update': 'Changed',
  'job.pause': 'Paused',
  'job.resume': 'Resumed',
  'job.cancel': 'Cancelled',
  'job.reschedule': 'Rescheduled',
  'job.trigger': 'Run by hand',
  'job.delete': 'Deleted',
  'execution.cancel': 'Run cancelled',
  'execution.retry': 'Run repeated',
};
