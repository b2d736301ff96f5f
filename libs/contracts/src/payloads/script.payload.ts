import { z } from 'zod';
import { timeoutMs } from './fields.js';

const text = (max: number, error = 'must be a string') =>
  z
    .string({ error })
    .max(max, `must be at most ${max} characters`)
    .regex(/^[^\0]*$/, 'must not hold a NUL character');

export const scriptPayloadSchema = z.strictObject({
  /** A program, found on the worker's PATH or by an absolute path. Never a shell line. */
  command: text(1024, 'must name a program, e.g. "node"').min(1, 'must name a program, e.g. "node"'),
  args: z.array(text(32_768)).max(256, 'must be at most 256 arguments').optional(),
  /** Working directory, within the worker's `SCRIPT_ROOT`; default `SCRIPT_ROOT` itself. */
  cwd: text(4096).min(1, 'must not be empty').optional(),
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/, 'is not a valid variable name'), text(32_768))
    .optional(),
  timeout: timeoutMs.optional(),
  /** Written to the program's standard input, which is then closed. */
  stdin: z.string().max(131_072, 'must be at most 131072 characters').optional(),
});

export type ScriptPayload = z.output<typeof scriptPayloadSchema>;
