import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { SystemSettingsDto } from '#client';
import { Card } from '../../../components/card.js';
import { Loaded } from '../../../components/loaded.js';
import { Facts } from './facts.js';
import classes from './system.module.css';
import { useSettings, useZoneChanges } from './use-settings.js';

/** What the installation was set up with. */
export function SettingsCards() {
  const query = useSettings();
  return (
    <>
      <Card title="Time zones">
        <Loaded query={query} skeleton={<Skeleton height={72} />}>
          {({ timeZoneData }) => (
            <>
              <Facts of={[['Data', timeZoneData]]} />
              <ZoneChanges />
            </>
          )}
        </Loaded>
      </Card>
      <Card title="What is kept">
        <Loaded query={query} skeleton={<Skeleton height={72} />}>
          {({ retention }) => (
            <Facts
              of={[
                ['Runs', days(retention.executionDays)],
                ['Logs', days(retention.logDays)],
                ['Audit log', days(retention.auditDays)],
              ]}
            />
          )}
        </Loaded>
      </Card>
      <Card title="Accounts and e-mail">
        <Loaded query={query} skeleton={<Skeleton height={72} />}>
          {(settings) => <Access settings={settings} />}
        </Loaded>
      </Card>
    </>
  );
}

function Access({ settings: { registration, mail } }: { settings: SystemSettingsDto }) {
  return (
    <>
      <Facts
        of={[
          ['Registration', registration ? 'Open to everybody' : 'Closed'],
          [
            'E-mail',
            mail.enabled ? `Sent${mail.from === null ? '' : ` from ${mail.from}`}` : 'Cannot be sent',
          ],
        ]}
      />
      <p className={classes.note}>
        {mail.enabled ? (
          'Each job says whom it tells, by e-mail, webhook or Slack.'
        ) : (
          <>
            Set <code>SMTP_HOST</code> for e-mail. Webhooks and Slack, which each job names for itself, need
            no setting.
          </>
        )}
      </p>
    </>
  );
}

/** Whether the data of the zones have moved anything. */
function ZoneChanges() {
  const { data } = useZoneChanges();
  if (!data || data.meta.total === 0)
    return <p className={classes.note}>Newer data have moved no schedule so far.</p>;
  const more = data.meta.total - data.items.length;
  return (
    <p className={classes.note}>
      Newer data moved the next runs of{' '}
      {data.items.map(({ id, jobId, jobName }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link to="/jobs/$jobId" params={{ jobId }}>
            {jobName}
          </Link>
        </span>
      ))}
      {more > 0 && ` and ${more} more`}.
    </p>
  );
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}
