import type { CronFieldSpec } from './cron-fields.js';

/**
 * Says in words what is wrong with the text of one field, and how to mend it; undefined when nothing is.
 *
 * `cron-parser` is the judge of what an expression means; its messages name neither the field nor the
 * fix, and it takes extensions that Chronos does not (`H`, `?` in a time field, steps longer than the field).
 * Each fault found here is therefore a refusal of ours; what passes here is parsed by it.
 */
export function cronFieldFault(field: CronFieldSpec, text: string): string | undefined {
  const items = text.split(',');
  for (const item of items) {
    const fault = itemFault(field, item);
    if (fault) return `${field.name}: ${fault}`;
    if (item.includes('#') && items.length > 1) {
      return `${field.name}: "${item}" cannot stand in a list; make one job for each weekday`;
    }
  }
  return repetition(field, items);
}

/** `cron-parser` refuses a value that two items of a list name. */
function repetition(field: CronFieldSpec, items: string[]): string | undefined {
  const namedBy = new Map<number, number>();
  for (const [index, item] of items.entries()) {
    for (const value of valuesOf(field, item)) {
      const key = field.name === 'day of week' ? value % 7 : value;
      const earlier = namedBy.get(key) ?? index;
      if (earlier !== index) {
        return `${field.name}: "${items[earlier]}" and "${item}" both name ${key}; name each value once`;
      }
      namedBy.set(key, index);
    }
  }
  return undefined;
}

function itemFault(field: CronFieldSpec, item: string): string | undefined {
  const range = `${field.min}-${field.max}`;
  if (item === '') return 'a comma without a value beside it; write a list as 1,2,3';
  const special = specialFault(field, item);
  if (special) return special;
  if (isSpecial(field, item)) return undefined;

  const [base = '', step, ...moreSteps] = item.split('/');
  if (moreSteps.length > 0) return `"${item}" has more than one "/"; write a step as */5 or 10-50/5`;
  if (step !== undefined) {
    const fault = stepFault(field, item, step);
    if (fault) return fault;
  }
  if (base === '*' || (base === '?' && isDayField(field))) return undefined;

  const bounds = base.split('-');
  if (bounds.length > 2) return `"${base}" is not a range; write it as ${range}`;
  for (const bound of bounds) {
    const value = valueOf(field, bound);
    if (value === undefined) return `"${bound || item}" is not a value; use ${describeValues(field)}`;
    if (value < field.min || value > field.max) {
      return `${bound} is not within ${range}; use ${describeValues(field)}`;
    }
  }
  const [from, to] = bounds.map((bound) => valueOf(field, bound) ?? field.min);
  if (from !== undefined && to !== undefined && from > to) {
    return `"${base}" runs backwards; write it as ${from}-${field.max},${field.min}-${to}`;
  }
  return undefined;
}

function stepFault(field: CronFieldSpec, item: string, step: string): string | undefined {
  const size = field.max - field.min + 1;
  const value = /^\d+$/.test(step) ? Number(step) : 0;
  if (value < 1) return `"${item}" needs a step of at least 1; write for example */5`;
  if (value > size) {
    return `the step of "${item}" is longer than the whole field (${size}), so it would not fire every ${value} ${field.name}s; use a step of at most ${size}`;
  }
  return undefined;
}

/** Letters and signs that are special, but not here or not written like that. */
function specialFault(field: CronFieldSpec, item: string): string | undefined {
  if (item.startsWith('H'))
    return `"${item}" (a hashed value) is not supported; name the ${field.name} itself`;
  if (item.startsWith('?') && !isDayField(field)) {
    return '"?" is for the day fields only; write "*" for every value';
  }
  if (field.name === 'day of month' && /W/.test(item)) {
    return `"${item}" (nearest working day) is not supported; use days of the week, for example 1-5`;
  }
  if (field.name === 'day of month' && /L/.test(item) && item !== 'L') {
    return `"${item}" is not supported; write "L" alone for the last day of the month`;
  }
  if (field.name !== 'day of week') return undefined;
  if (item === 'L') return '"L" needs a weekday in front; write 5L for the last Friday of the month';
  if (item.includes('#') && !/^([0-7]|[A-Z]{3})#[1-5]$/.test(item)) {
    return `"${item}" is not an nth weekday; write 1#2 for the second Monday, the number being 1-5`;
  }
  return undefined;
}

/** Is the item one of the forms that are no plain value, range or step, and is its weekday a real one? */
function isSpecial(field: CronFieldSpec, item: string): boolean {
  if (field.name === 'day of month') return item === 'L';
  if (field.name !== 'day of week') return false;
  const weekday = /^(\d|[A-Z]{3})(?:L|#\d)$/.exec(item)?.[1];
  const value = weekday === undefined ? undefined : valueOf(field, weekday);
  return value !== undefined && value <= field.max;
}

/** The plain values an item stands for; none for the special forms. */
function valuesOf(field: CronFieldSpec, item: string): number[] {
  if (isSpecial(field, item)) return [];
  const [base = '', step] = item.split('/');
  const bounds = /^[*?]/.test(base) ? [] : base.split('-').map((bound) => valueOf(field, bound) ?? field.min);
  // A weekday range up to 7 would name Sunday twice when it begins at 0.
  const top = field.name === 'day of week' && (bounds[0] ?? 0) === 0 ? field.max - 1 : field.max;
  const from = bounds[0] ?? field.min;
  const to = bounds[1] ?? (step === undefined && bounds.length > 0 ? from : top);
  const values: number[] = [];
  for (let value = from; value <= to; value += Number(step ?? 1)) values.push(value);
  return values;
}

function valueOf(field: CronFieldSpec, text: string): number | undefined {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  const index = field.names.indexOf(text);
  return index === -1 ? undefined : field.min + index;
}

function isDayField(field: CronFieldSpec): boolean {
  return field.name === 'day of month' || field.name === 'day of week';
}

function describeValues(field: CronFieldSpec): string {
  const names = field.names.length > 0 ? ` or ${field.names[0]}-${field.names[field.names.length - 1]}` : '';
  return `${field.min}-${field.max}${names}${field.name === 'day of week' ? ' (0 and 7 are Sunday)' : ''}`;
}
