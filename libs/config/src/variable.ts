import type { z } from 'zod';

export type ConfigArea =
  | 'General'
  | 'Addresses'
  | 'Database'
  | 'Queue'
  | 'Authentication'
  | 'Jobs'
  | 'Worker'
  | 'Executors'
  | 'E-mail'
  | 'Logs and retention'
  | 'Standalone';

/** One environment variable: the parser, `.env.example` and docs/configuration.md all come from this. */
export interface VariableDefinition<T> {
  area: ConfigArea;
  /** One sentence for the operator. */
  description: string;
  /** Reads the text; an empty text never gets here, it counts as not set. */
  schema: z.ZodType<T, string>;
  /** Text used when the variable is not set. Without one the value is `undefined`, unless `required`. */
  default?: string;
  /** Text the standalone instance uses instead of `default`. */
  standaloneDefault?: string;
  /** Must be set; there is no sensible default. */
  required?: true;
  /** Its value is never printed. */
  secret?: true;
  /** Value shown in `.env.example` where it is not the default; refused in production if it is a secret's. */
  example?: string;
  /** What to do when it is missing or wrong. */
  hint?: string;
}

export interface Variable<T> extends VariableDefinition<unknown> {
  /** `fault` completes "must be ..."; it never holds the value. */
  read(text: string | undefined): { value: T } | { fault: string };
}

export function variable<T>(definition: VariableDefinition<T> & { default: string }): Variable<T>;
export function variable<T>(definition: VariableDefinition<T> & { required: true }): Variable<T>;
export function variable<T>(definition: VariableDefinition<T>): Variable<T | undefined>;
export function variable<T>(definition: VariableDefinition<T>): Variable<T | undefined> {
  return {
    ...definition,
    read(text) {
      const input = text ?? definition.default;
      if (input === undefined) return definition.required ? { fault: 'set' } : { value: undefined };
      const result = definition.schema.safeParse(input);
      if (result.success) return { value: result.data };
      return { fault: result.error.issues.map((issue) => issue.message).join('; ') };
    },
  };
}
