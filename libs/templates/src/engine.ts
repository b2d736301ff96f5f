import { Liquid } from 'liquidjs';

/** What a template may do to a value. None reads, repeats or takes apart: a secret cannot leave in slices no log would know. */
const FILTERS = new Set([
  'append',
  'base64_encode',
  'date',
  'default',
  'downcase',
  'escape',
  'first',
  'join',
  'json',
  'last',
  'minus',
  'plus',
  'prepend',
  'round',
  'size',
  'strip',
  'upcase',
  'url_encode',
]);

/** `raw` keeps braces as they are, `#` is a comment. Without the others there are no loops, conditions or files. */
const TAGS = new Set(['raw', '#']);

/** Milliseconds and characters that a single text may take to render. */
const RENDER_LIMIT_MS = 200;
const MEMORY_LIMIT = 1_000_000;
/** Of a template; bodies are not longer. */
const PARSE_LIMIT = 300_000;

/**
 * Liquid, cut down to `{{ variable | filter }}`: own properties only, nothing undefined, no files, bounded in time and
 * memory. It interprets; it never makes code of a template.
 */
export const ENGINE = cutDown(
  new Liquid({
    ownPropertyOnly: true,
    strictVariables: true,
    strictFilters: true,
    // Lets `default` stand in for what is not there.
    lenientIf: true,
    templates: {},
    cache: false,
    parseLimit: PARSE_LIMIT,
    renderLimit: RENDER_LIMIT_MS,
    memoryLimit: MEMORY_LIMIT,
    timezoneOffset: 'UTC',
  }),
);

function cutDown(engine: Liquid): Liquid {
  for (const name of Object.keys(engine.tags)) if (!TAGS.has(name)) delete engine.tags[name];
  for (const name of Object.keys(engine.filters)) if (!FILTERS.has(name)) delete engine.filters[name];
  return engine;
}

/** For messages. */
export const FILTER_NAMES = [...FILTERS].join(', ');
