import { type ConfigFault } from './config-error.js';
import type { Environment } from './environment.js';
import { findMisspelt } from './misspelt.js';
import { type Values, type VariableName, VARIABLES } from './variables.js';

export interface Reading {
  values: Partial<Values>;
  faults: ConfigFault[];
  warnings: string[];
}

export const VARIABLE_NAMES = Object.keys(VARIABLES) as VariableName[];

/** Texts somebody left in place of a secret of their own. */
const PLACEHOLDER = /change[-_ ]?me|example|placeholder|your[-_ ]|^(.)\1+$/i;

/** Reads the named variables. An empty text counts as not set, since Compose files pass `NAME: ${NAME:-}`. */
export function readValues(env: Environment, names: readonly VariableName[] = VARIABLE_NAMES): Reading {
  const reading: Reading = { values: {}, faults: [], warnings: misspeltWarnings(env) };
  for (const name of names) readOne(env, name, reading);
  return reading;
}

function readOne(env: Environment, name: VariableName, reading: Reading): void {
  const { secret, hint, required } = VARIABLES[name];
  const text = isSet(env[name]) ? env[name] : undefined;
  const result = VARIABLES[name].read(text);
  if ('fault' in result) {
    const shown = text === undefined || secret ? '' : `, but is ${JSON.stringify(shorten(text))}`;
    const message =
      text === undefined && required ? 'must be set; it has no default.' : `must be ${result.fault}${shown}.`;
    reading.faults.push({ variable: name, message: hint ? `${message} ${hint}` : message });
    return;
  }
  Object.assign(reading.values, { [name]: result.value });
  if (text !== undefined && secret && isExample(name, text)) refuseExample(env, name, reading);
}

function refuseExample(env: Environment, name: VariableName, reading: Reading): void {
  const hint = VARIABLES[name].hint ?? 'Choose one of your own.';
  if (env['NODE_ENV'] === 'production') {
    reading.faults.push({
      variable: name,
      message: `holds an example, which anybody can read; production refuses it. ${hint}`,
    });
  } else if (VARIABLES[name].required) {
    reading.warnings.push(`${name} holds an example, which anybody can read. ${hint}`);
  }
}

function isExample(name: VariableName, text: string): boolean {
  // Only ENCRYPTION_KEY is a list; no other secret is weaker for being looked at in parts.
  return [text, ...text.split(',')].some((part) => isExampleText(name, part.trim()));
}

function isExampleText(name: VariableName, text: string): boolean {
  if (text === VARIABLES[name].example) return true;
  return VARIABLES[name].required === true && PLACEHOLDER.test(text);
}

function misspeltWarnings(env: Environment): string[] {
  const set = Object.keys(env).filter((name) => isSet(env[name]));
  return findMisspelt(set, VARIABLE_NAMES).map(({ name, meant }) =>
    meant === undefined
      ? `${name} is set, but Chronos has no such variable.`
      : `${name} is set, but Chronos reads ${meant}; did you mean that?`,
  );
}

function isSet(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
