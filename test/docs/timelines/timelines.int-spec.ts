import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OverlapPolicy } from '#contracts';
import { SimulateSchedule } from '#jobs';
import { at } from './clock.js';
import { changes } from './changes.js';
import { daylightSaving } from './daylight-saving.js';
import { draw, type Figure } from './draw.js';
import { misfires } from './misfires.js';
import { schedules } from './schedules.js';
import { STAGED } from './staged.js';
import { Teller } from './teller.js';

const path = (relative: string) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

describe('the timelines of docs/semantics.md are what Chronos tells; if not: npm run docs:timelines', () => {
  let teller: Teller;

  beforeAll(async () => {
    teller = await Teller.start();
  });
  afterAll(() => teller.stop());

  it.each([
    ['schedules', schedules],
    ['daylight saving', daylightSaving],
    ['misfires', misfires],
    ['changes', changes],
    ['what workers do', () => Promise.resolve(STAGED)],
  ])('%s', async (_, figuresOf: (teller: Teller) => Promise<Record<string, Figure>>) => {
    for (const [name, figure] of Object.entries(await figuresOf(teller))) {
      await expect(draw(figure)).toMatchFileSnapshot(path(`docs/images/semantics/${name}.svg`));
    }
  });

  it.each(STAGED['overlap']?.lanes ?? [])('the lane of $label is what a simulation finds', async (lane) => {
    const { label, sub, marks = [], bars = [], stacked = [] } = lane;
    const jobId = await teller.create({ scheduleType: 'recurring', cronExpression: '*/10 * * * *' });
    const found = await teller.time.get(SimulateSchedule).simulate(teller.time.actor, {
      jobId,
      overlapPolicy: label as OverlapPolicy,
      maxConcurrency: sub === undefined ? null : 2,
      assumedDuration: 22 * 60_000,
      from: new Date(at('12:00')),
      to: new Date(at('12:50')),
    });
    const drawn = [...bars, ...stacked].map(([, , kind]) => kind);
    expect({
      skipped: marks.length,
      cutShort: drawn.filter((kind) => kind === 'cut').length,
      waited: drawn.filter((kind) => kind === 'wait').length,
    }).toEqual({ skipped: found.skipped, cutShort: found.cutShort, waited: found.waited });
  });
});

it('each picture is shown, and tells those who do not see it what is on it', () => {
  const page = readFileSync(path('docs/semantics.md'), 'utf8');
  const shown = [...page.matchAll(/!\[([^\]]+)\]\(images\/semantics\/([^)]+)\)/g)];
  expect(new Set(shown.map(([, , file]) => file))).toEqual(
    new Set(readdirSync(path('docs/images/semantics'))),
  );
  for (const [, alternative] of shown) expect(alternative?.length).toBeGreaterThan(20);
});
