import { Checkbox, Input, Stack, TextInput } from '@mantine/core';
import { memo } from 'react';
import { MailProblem } from '../../../notifications/mail-problem.js';
import { CountInput } from '../count-input.js';
import { field, type SectionProps, textOf } from '../field.js';
import { Fold } from '../fold.js';
import classes from '../job-form.module.css';
import type { NotificationValues } from '../model/form-values.js';
import { SecretInput } from '../secret-input.js';

interface NotificationsProps extends SectionProps<NotificationValues> {
  hasFaults: boolean;
}

/** Whom to tell of how runs end. */
export const NotificationsSection = memo(({ values, onChange, faultOf, hasFaults }: NotificationsProps) => (
  <Fold title="Notifications" summary={summaryOf(values)} hasFaults={hasFaults}>
    <div className={classes.fields}>
      <Input.Wrapper label="Tell when a run" labelElement="div" error={faultOf('notifications')}>
        <Stack gap={8} mt={4} data-field="notifications" role="group" aria-label="Tell when a run">
          <Checkbox
            label="failed, after its last retry"
            checked={tellsFailures(values)}
            onChange={({ currentTarget }) => onChange({ onFailure: currentTarget.checked })}
          />
          <Checkbox
            label="completed"
            checked={values.onSuccess ?? false}
            onChange={({ currentTarget }) => onChange({ onSuccess: currentTarget.checked })}
          />
          <Checkbox
            label="completed again after failures"
            checked={values.onRecovered ?? false}
            onChange={({ currentTarget }) => onChange({ onRecovered: currentTarget.checked })}
          />
        </Stack>
      </Input.Wrapper>
      <CountInput
        placeholder="Each failure"
        max={1_000}
        {...field('notifications.afterFailures', faultOf)}
        value={values.afterFailures}
        onChange={(afterFailures) => onChange({ afterFailures })}
      />
      <TextInput
        description="Without any channel the owner is mailed."
        type="email"
        {...field('notifications.email', faultOf)}
        value={values.email}
        onChange={(event) => onChange({ email: textOf(event) })}
      />
      {usesMail(values) && <MailProblem />}
      <TextInput
        inputMode="url"
        spellCheck={false}
        {...field('notifications.webhook.url', faultOf)}
        value={values.webhookUrl}
        onChange={(event) => onChange({ webhookUrl: textOf(event) })}
      />
      {(values.webhookUrl !== '' || values.webhookSecret !== '') && (
        <SecretInput
          description="Signs each message. Optional."
          {...field('notifications.webhook.secret', faultOf)}
          value={values.webhookSecret}
          onChange={(webhookSecret) => onChange({ webhookSecret })}
        />
      )}
      <SecretInput
        description="An incoming webhook of Slack, Mattermost or the like."
        {...field('notifications.slack.url', faultOf)}
        value={values.slackUrl}
        onChange={(slackUrl) => onChange({ slackUrl })}
      />
    </div>
  </Fold>
));

/** Failures are told of as soon as anything asks to be told, unless that is said otherwise. */
function tellsFailures(values: NotificationValues): boolean {
  const { onFailure, onRecovered, afterFailures } = values;
  return onFailure ?? (onRecovered === true || afterFailures !== null || channelsOf(values).length > 0);
}

function eventsOf(values: NotificationValues): string[] {
  return [
    ...(tellsFailures(values) ? ['failures'] : []),
    ...(values.onSuccess ? ['successes'] : []),
    ...(values.onRecovered ? ['recoveries'] : []),
  ];
}

/** Also where no channel is named: then the owner is mailed. */
function usesMail(values: NotificationValues): boolean {
  if (values.email.trim() !== '') return true;
  return eventsOf(values).length > 0 && channelsOf(values).length === 0;
}

function channelsOf({ email, webhookUrl, slackUrl }: NotificationValues): string[] {
  return [
    ...(email.trim() === '' ? [] : ['e-mail']),
    ...(webhookUrl.trim() === '' ? [] : ['webhook']),
    ...(slackUrl === '' ? [] : ['Slack']),
  ];
}

function summaryOf(values: NotificationValues): string {
  const events = eventsOf(values);
  if (events.length === 0) return 'Nobody is told';
  const channels = channelsOf(values);
  return `${events.join(', ')} by ${channels.length === 0 ? 'e-mail to the owner' : channels.join(', ')}`;
}
