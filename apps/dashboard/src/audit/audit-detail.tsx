import { Text } from '@mantine/core';
import type { AuditEventDto } from '#client';
import { CopyButton } from '../components/copy-button.js';
import { fieldChanges } from '../components/field-changes.js';
import { FieldDiff } from '../components/field-diff.js';
import { Time } from '../components/time.js';
import { AuditTarget } from './audit-target.js';
import { actorOf } from './audit-words.js';
import classes from './audit.module.css';

/** All of an entry: what changed field by field, and where it came from. */
export function AuditDetail({ event }: { event: AuditEventDto }) {
  const { before, after, occurredAt, address, requestId, targetId, apiKeyId } = event;
  return (
    <div className={classes.detail}>
      {before === null && after === null ? (
        <Text size="sm" c="dimmed">
          No field changed.
        </Text>
      ) : (
        <FieldDiff changes={fieldChanges(before, after)} />
      )}
      <dl className={classes.facts}>
        <div>
          <dt>By</dt>
          <dd>
            {actorOf(event)}, <Time at={occurredAt} format="long" />
          </dd>
        </div>
        {event.targetType !== 'session' && (targetId !== null || event.jobId !== null) && (
          <div>
            <dt>To what</dt>
            <dd>
              <AuditTarget event={event} /> {targetId !== null && <Id id={targetId} what="its id" />}
            </dd>
          </div>
        )}
        {address !== null && (
          <div>
            <dt>From</dt>
            <dd>{address}</dd>
          </div>
        )}
        {apiKeyId !== null && (
          <div>
            <dt>API key</dt>
            <dd>
              <Id id={apiKeyId} what="the id of the key" />
            </dd>
          </div>
        )}
        {requestId !== null && (
          <div>
            <dt>Request</dt>
            <dd>
              <Id id={requestId} what="the id of the request" />
            </dd>
          </div>
        )}
      </dl>
    </div>
  );
}

function Id({ id, what }: { id: string; what: string }) {
  return (
    <span className={classes.id}>
      <code>{id}</code>
      <CopyButton text={id} what={what} />
    </span>
  );
}
