import { z } from 'zod';

export const HANDLER_NAME = /^[A-Za-z][A-Za-z0-9._-]{0,99}$/;

export const customPayloadSchema = z.strictObject({
  handler: z
    .string({ error: 'must name a handler; GET /api/v1/handlers lists them' })
    .regex(HANDLER_NAME, 'must be a letter, then letters, digits, ".", "_" or "-", at most 100 characters'),
  data: z.json().optional(),
});

export type CustomPayload = z.output<typeof customPayloadSchema>;
