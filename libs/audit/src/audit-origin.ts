import { AsyncLocalStorage } from 'node:async_hooks';

/** Who does something, as the trail keeps it: the e-mail address as it is now, whatever becomes of the account. */
export interface AuditActor {
  id: string;
  email: string;
  /** The API key that was shown, where it was one. */
  apiKeyId?: string;
}

/** Where a change comes from. What is not known is left out: the program itself has no address. */
export interface AuditOrigin {
  requestId?: string;
  /** Of the client, behind trusted proxies. */
  address?: string;
  actor?: AuditActor;
}

const origins = new AsyncLocalStorage<AuditOrigin>();

/**
 * Runs `work` so that every change it makes is put down to this origin. It travels with the work, not through the
 * arguments of services: a service that changes something can forget to pass it on, and a new one need not know it.
 */
export function withAuditOrigin<Result>(origin: AuditOrigin, work: () => Result): Result {
  return origins.run({ ...origin }, work);
}

/** Says who is behind the current origin, once that is known. Outside of one it does nothing. */
export function noteAuditActor({ id, email, apiKeyId }: AuditActor): void {
  const origin = origins.getStore();
  if (origin) origin.actor = { id, email, apiKeyId };
}

/** The origin of what is being done; empty where the program itself does it. */
export function auditOrigin(): Readonly<AuditOrigin> {
  return origins.getStore() ?? {};
}
