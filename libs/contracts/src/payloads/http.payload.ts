import { z } from 'zod';
import { headers, httpUrl, timeoutMs } from './fields.js';

export const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const status = z.number().int().min(100, 'must be 100 to 599').max(599, 'must be 100 to 599');

export const httpPayloadSchema = z.strictObject({
  url: httpUrl,
  method: z
    .string()
    .transform((method) => method.toUpperCase())
    .pipe(z.enum(HTTP_METHODS, { error: `must be one of ${HTTP_METHODS.join(', ')}` }))
    .default('GET'),
  headers: headers.optional(),
  /** An object is sent as JSON, a string as it is. */
  body: z
    .union([z.string(), z.record(z.string(), z.json()), z.array(z.json())], {
      error: 'must be a string, an object or an array',
    })
    .optional(),
  timeout: timeoutMs.optional(),
  /** Statuses that count as success; default any 2xx. */
  expectedStatus: z
    .union([status, z.array(status).min(1, 'must name a status')], {
      error: 'must be a status or a list of statuses, e.g. 204 or [200, 404]',
    })
    .optional(),
});

export type HttpPayload = z.output<typeof httpPayloadSchema>;
