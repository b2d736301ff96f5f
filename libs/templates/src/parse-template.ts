import type { Template } from 'liquidjs';
import { ENGINE, FILTER_NAMES } from './engine.js';

/** What a template can name. A new variable is added here and given its value where runs are prepared. */
export const TEMPLATE_VARIABLES = [
  'secrets',
  'scheduledFor',
  'executionId',
  'jobId',
  'jobName',
  'attempt',
  'parents',
] as const;
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number];

/** One piece of a template: a text as it stands, or what an expression gives. */
export interface Piece {
  template: Template;
  /** Names of the secrets the expression uses. */
  secrets: string[];
  /** Names, or ids, of the parents whose runs the expression uses. */
  parents: string[];
}

/** What is wrong with a template, as the part of a sentence that follows the name of the field. */
export class TemplateSyntaxError extends Error {
  override readonly name = 'TemplateSyntaxError';
}

/** How braces that mean nothing to Chronos are written. */
const LITERAL = 'to keep braces as they are, write {% raw %}...{% endraw %} around them';

/** Does a text hold anything but itself? */
export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%');
}

/** @throws TemplateSyntaxError */
export function parseTemplate(text: string): Piece[] {
  return parsed(text).map((template) => {
    const { secrets, parents } = usesOf(template);
    return { template, secrets, parents };
  });
}

function parsed(text: string): Template[] {
  try {
    return ENGINE.parse(text);
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const filters = message.includes('undefined filter') ? `; known filters are ${FILTER_NAMES}` : '';
    throw new TemplateSyntaxError(`is not a valid template: ${message}${filters}; ${LITERAL}`, {
      cause: error,
    });
  }
}

function usesOf(template: Template): Omit<Piece, 'template'> {
  const uses: Omit<Piece, 'template'> = { secrets: [], parents: [] };
  for (const [root, name, ...rest] of ENGINE.globalVariableSegmentsSync([template])) {
    if (!isVariable(root)) {
      throw new TemplateSyntaxError(
        `uses "${shown(root)}", which templates do not know; known are ${TEMPLATE_VARIABLES.join(', ')}; ${LITERAL}`,
      );
    }
    if (root === 'secrets') {
      if (typeof name !== 'string' || rest.length > 0)
        throw new TemplateSyntaxError('must name one secret, e.g. {{ secrets.API_TOKEN }}');
      uses.secrets.push(name);
    }
    if (root === 'parents') {
      if (typeof name !== 'string')
        throw new TemplateSyntaxError('must name one parent, e.g. {{ parents["nightly sync"].result.body }}');
      uses.parents.push(name);
    }
  }
  return uses;
}

function isVariable(root: unknown): root is TemplateVariable {
  return (TEMPLATE_VARIABLES as readonly unknown[]).includes(root);
}

function shown(root: unknown): string {
  return (typeof root === 'string' ? root : JSON.stringify(root)).slice(0, 100);
}
