import type { SmtpConfig } from '#config';

/** Says that a message was sent by a machine, so that no auto-responder answers it (RFC 3834). */
export const MACHINE_SENT = { 'Auto-Submitted': 'auto-generated' } as const;

/** `SMTP_FROM`, or the SMTP user where that is an address. */
export function senderOf({ from, user }: SmtpConfig): string | undefined {
  return from ?? (user?.includes('@') ? user : undefined);
}

/** As objects, so that nothing in an address is read as a list or a name. */
export function recipientsOf(addresses: string | string[] | undefined): { name: string; address: string }[] {
  return [addresses ?? []].flat().map((address) => ({ name: '', address }));
}

/** The domain of a sender, for message ids. */
export function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1] ?? 'chronos.invalid';
}
