import {
  type JobType,
  type JsonObject,
  mapFields,
  mapSecretFields,
  SECRET_MASK,
  SECRET_NOTIFICATION_FIELDS,
} from '#contracts';
import type { JobRequest } from './to-request.js';

/** The same with every secret in it masked, as the server would mask it. */
export function masked<Part extends Partial<JobRequest>>(
  part: Part,
  { type, secretFields = [] }: { type: JobType; secretFields?: string[] | undefined },
): Part {
  const hide = () => SECRET_MASK;
  const { payload, notifications } = part;
  return {
    ...part,
    ...(payload && { payload: mapSecretFields(type, payload as JsonObject, secretFields, hide) }),
    ...(notifications && {
      notifications: mapFields(notifications, SECRET_NOTIFICATION_FIELDS, 'notifications', hide),
    }),
  };
}
