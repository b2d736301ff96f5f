import type { FieldFaultDto } from '#client';
import { httpUrl, payloadFaults, SECRET_MASK } from '#contracts';
import type { FormValues } from './form-values.js';
import { toRequest } from './to-request.js';

/**
 * What can be seen to be wrong without asking the server, by the schemas it has itself. It judges what is left: whether a zone
 * exists, an expression fires, a secret is there.
 */
export function findFaults(values: FormValues): FieldFaultDto[] {
  const { request, faults } = toRequest(values);
  const found = [...faults];
  const wants = (isMissing: boolean, field: string, message: string) => {
    if (isMissing) found.push({ field, message });
  };
  const { schedule, notifications } = values;
  wants(request.name === '', 'name', 'is missing: give the job a name');
  wants(request.name.length > 200, 'name', 'must be at most 200 characters');
  wants(schedule.timezone === '', 'timezone', 'is missing: choose a zone');
  switch (schedule.scheduleType) {
    case 'scheduled':
      wants(schedule.scheduledAt === null, 'scheduledAt', 'is missing: give the time to run at');
      break;
    case 'recurring':
      wants(schedule.cronExpression.trim() === '', 'cronExpression', 'is missing: give e.g. 0 9 * * 1');
      break;
    case 'interval':
      wants(schedule.every === null, 'every', 'is missing: give the time from one run to the next');
      break;
    case 'chained':
      wants(schedule.after.length === 0, 'after', 'is missing: choose a job it runs after');
      schedule.after.forEach(({ jobId }, index) =>
        wants(jobId === '', `after.${index}.jobId`, 'is missing: choose a job, or remove the row'),
      );
      break;
    case 'immediate':
  }
  const { startsAt, endsAt } = request;
  wants(Boolean(startsAt && endsAt && startsAt > endsAt), 'endsAt', 'is before the start');
  // Of a payload that cannot be read nothing more can be said.
  if (!faults.some(({ field }) => field === 'payload')) {
    found.push(...payloadFaults(request.type, request.payload, isNotKnownYet));
  }
  found.push(...targetFaults('notifications.webhook.url', request.notifications?.webhook?.url));
  found.push(...targetFaults('notifications.slack.url', request.notifications?.slack?.url));
  const email = notifications.email.trim();
  wants(email !== '' && !/^\S+@\S+\.\S+$/.test(email), 'notifications.email', 'must be an e-mail address');
  return found;
}

function targetFaults(field: string, url: string | undefined): FieldFaultDto[] {
  if (url === undefined || url === SECRET_MASK) return [];
  const message = httpUrl.safeParse(url).error?.issues[0]?.message;
  return message === undefined ? [] : [{ field, message }];
}

/** A template is filled in when the job runs; a secret is known to the server alone. */
function isNotKnownYet(value: unknown): boolean {
  if (typeof value === 'string') return value === SECRET_MASK || /\{[{%]/.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(isNotKnownYet);
}
