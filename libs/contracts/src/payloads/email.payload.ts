import { z } from 'zod';

const address = z.email('must be an e-mail address, e.g. "ops@example.com"');
const addresses = z.union(
  [address, z.array(address).min(1, 'must name a recipient').max(100, 'must be at most 100 recipients')],
  { error: 'must be an e-mail address or a list of up to 100' },
);

export const emailPayloadSchema = z
  .strictObject({
    to: addresses,
    cc: addresses.optional(),
    bcc: addresses.optional(),
    subject: z
      .string({ error: 'must be a string' })
      .min(1, 'must not be empty')
      .max(998, 'must be at most 998 characters')
      .regex(/^[^\r\n]*$/, 'must be one line'),
    text: z.string().optional(),
    html: z.string().optional(),
  })
  .refine((mail) => mail.text !== undefined || mail.html !== undefined, {
    path: ['text'],
    message: 'is missing: give "text", "html" or both',
  });

export type EmailPayload = z.output<typeof emailPayloadSchema>;
