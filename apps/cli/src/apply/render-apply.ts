import type { Output, Style } from '../terminal/output.js';
import { oneLine } from '../terminal/visible.js';
import { type FieldChange, SECRET_MASK } from './field-changes.js';
import type { PlannedJob } from './plan-apply.js';

type Paint = Pick<Output, 'paint'>;

const HEADS: Record<PlannedJob['action'], { sign: string; style: Style }> = {
  create: { sign: '+ create', style: 'green' },
  update: { sign: '~ change', style: 'yellow' },
  unchanged: { sign: '= same  ', style: 'dim' },
  delete: { sign: '- delete', style: 'red' },
};

/** One job of the diff: what is done with it, and a line for each field. */
export function renderPlanned({ action, name, changes, ...rest }: PlannedJob, output: Paint): string {
  const { sign, style } = HEADS[action];
  const resent =
    'body' in rest && action === 'update'
      ? Object.keys(rest.body).filter((field) => !changes.some((one) => isWithin(one.field, field)))
      : [];
  return [
    `${output.paint(style, sign)}  ${oneLine(name)}`,
    ...changes.filter(({ field }) => field !== 'name').map((change) => `    ${renderChange(change)}`),
    ...resent.map((field) => `    ${field}: sent again`),
  ].join('\n');
}

/** `2 created, 1 changed, 3 unchanged, 0 deleted, 1 failed`. */
export function renderSum(counts: ApplySum, isApplied: boolean): string {
  const { create, update, unchanged, delete: deleted, failed, notTried } = counts;
  const texts = isApplied
    ? [`${create} created`, `${update} changed`, `${unchanged} unchanged`, `${deleted} deleted`]
    : [`${create} to create`, `${update} to change`, `${unchanged} unchanged`, `${deleted} to delete`];
  if (failed > 0) texts.push(`${failed} failed`);
  if (notTried > 0) texts.push(`${notTried} not tried`);
  return `${texts.join(', ')}.`;
}

export interface ApplySum extends Record<PlannedJob['action'], number> {
  failed: number;
  notTried: number;
}

function renderChange(change: FieldChange): string {
  const { field, from, to } = change;
  if (!('from' in change)) return `${oneLine(field)}: ${textOf(to)}`;
  return `${oneLine(field)}: ${textOf(from)} -> ${'to' in change ? textOf(to) : '(nothing)'}`;
}

function textOf(value: unknown): string {
  return value === SECRET_MASK ? '(not shown)' : oneLine(JSON.stringify(value));
}

function isWithin(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`);
}
