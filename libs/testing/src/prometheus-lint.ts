/** A family of the exposition format as `parseMetrics` reads it. */
interface Family {
  name: string;
  help?: string;
  type?: string;
  samples: { name: string; labels: string[] }[];
}

const UNITS =
  /(^|_)(ms|msec|milliseconds?|us|microseconds?|ns|nanoseconds?|minutes?|hours?|days?|kb|mb|gb|kilobytes?|megabytes?|percent)(_|$)/;
const TYPE_WORDS = /(^|_)(gauge|counter|histogram|summary|metric)(_|$)/;
const HISTOGRAM_PARTS = ['_bucket', '_sum', '_count'];

/**
 * What promtool's `check metrics` objects to (prometheus/util/promlint), and snake case. Answers the problems, none
 * where the text is clean.
 */
export function lintMetrics(text: string): string[] {
  return parseMetrics(text).flatMap((family) => faultsOf(family).map((fault) => `${family.name}: ${fault}`));
}

function faultsOf({ name, help, type, samples }: Family): string[] {
  const faults: string[] = [];
  if (!help) faults.push('no HELP');
  if (!type) faults.push('no TYPE');
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) faults.push('not snake case');
  if (UNITS.test(name)) faults.push('not a base unit');
  if (TYPE_WORDS.test(name)) faults.push('its type in its name');
  if (type === 'counter' && !name.endsWith('_total')) faults.push('a counter without _total');
  if (type !== 'counter' && name.endsWith('_total')) faults.push('_total without being a counter');
  if (type !== 'histogram' && type !== 'summary' && HISTOGRAM_PARTS.some((part) => name.endsWith(part)))
    faults.push('the ending of a histogram');
  const labels = samples.flatMap((sample) => sample.labels);
  if (type !== 'histogram' && labels.includes('le')) faults.push('label le');
  if (labels.some((label) => !/^[a-z][a-z0-9_]*$/.test(label))) faults.push('a label that is not snake case');
  if (type === 'histogram' && samples.length > 0) {
    for (const part of HISTOGRAM_PARTS)
      if (!samples.some((sample) => sample.name === name + part)) faults.push(`no ${part}`);
  }
  return faults;
}

function parseMetrics(text: string): Family[] {
  const families = new Map<string, Family>();
  const family = (name: string): Family => {
    const known = families.get(name) ?? { name, samples: [] };
    families.set(name, known);
    return known;
  };
  for (const line of text.split('\n').filter((candidate) => candidate !== '')) {
    const comment = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line);
    if (comment) {
      const [, kind, name = '', rest] = comment;
      if (kind === 'HELP') family(name).help = rest;
      else family(name).type = rest;
      continue;
    }
    const sample = /^([^\s{]+)(?:\{(.*)\})? \S+$/.exec(line);
    if (!sample) throw new Error(`Not a line of the exposition format: ${line}`);
    const [, name = '', labels = ''] = sample;
    const part = HISTOGRAM_PARTS.find(
      (suffix) => name.endsWith(suffix) && families.has(name.slice(0, -suffix.length)),
    );
    const labelNames = [...labels.matchAll(/([^,={}"]+)="(?:[^"\\]|\\.)*"/g)].map(([, label = '']) => label);
    family(part ? name.slice(0, -part.length) : name).samples.push({ name, labels: labelNames });
  }
  return [...families.values()];
}
