import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '#contracts';
import { checkTemplates, isTemplated, namesIn } from './check-templates.js';
import { renderTemplates, type TemplateScope } from './render-templates.js';

const SCOPE: TemplateScope = {
  secrets: { TOKEN: 'tok"en-1', 'two-words': 'second' },
  scheduledFor: '2030-01-31T09:00:00.000Z',
  executionId: 'e1',
  jobId: 'j1',
  jobName: 'Nightly',
  attempt: 2,
  parents: {
    extract: { status: 'completed', result: { rows: 3, items: [{ id: 'i1' }] } },
    'nightly sync': { status: 'failed', result: null },
  },
};
const rendered = (text: string) => renderTemplates(text, SCOPE).value;

describe('templates', () => {
  it.each([
    ['Bearer {{ secrets.TOKEN }}', 'Bearer tok"en-1'],
    ['{{secrets["two-words"]|upcase}}', 'SECOND'],
    ['{{ jobName }} #{{ attempt }} of {{ executionId }}', 'Nightly #2 of e1'],
    ['{{ scheduledFor }}', '2030-01-31T09:00:00.000Z'],
    ['{{ scheduledFor | date: "%Y/%m/%d %H:%M" }}', '2030/01/31 09:00'],
    ['{{ scheduledFor | date: "%H:%M", "Asia/Tokyo" }}', '18:00'],
    ['{ "k": {{ secrets.TOKEN | json }} }', '{ "k": "tok\\"en-1" }'],
    ['{{ "user:" | append: secrets.TOKEN | base64_encode }}', btoa('user:tok"en-1')],
    ['{% raw %}{{ theirs }}{% endraw %} {{ attempt }}', '{{ theirs }} 2'],
    ['{{ "{{" }}', '{{'],
    ['{a} }} %} {# #} ${x}', '{a} }} %} {# #} ${x}'],
    ['{{ parents.extract.result.rows }} {{ parents.extract.result.items[0].id }}', '3 i1'],
    ['{{ parents["nightly sync"].status }}', 'failed'],
    ['{{ parents["nightly sync"].result.rows | default: 0 }}', '0'],
  ])('%s gives %s', (text, expected) => {
    expect(checkTemplates(text, 'f').faults).toEqual([]);
    expect(rendered(text)).toBe(expected);
  });

  it.each([
    ['{{ secrets.TOKEN', /not closed.*raw/],
    ['{{ user.name }}', /uses "user", which templates do not know; known are secrets, .*raw/],
    ['{{ constructor }}', /uses "constructor"/],
    ['{{ secrets }}', /must name one secret/],
    ['{{ secrets[attempt] }}', /must name one secret/],
    ['{{ secrets.A.length }}', /must name one secret/],
    ['{{ parents }}', /must name one parent/],
    ['{{ parents[jobName].result }}', /must name one parent/],
    ['{{ attempt | slice: 0 }}', /undefined filter: slice.*; known filters are append/],
    ['{% for i in (1..9) %}{% endfor %}', /tag "for" not found/],
    ['{% include "x" %}', /tag "include" not found/],
    ['{% assign x = 1 %}', /tag "assign" not found/],
    ['{{ }}', /not a valid template/],
  ])('refuses %s', (text, message) => {
    expect(checkTemplates({ a: [text] }, 'payload')).toEqual({
      faults: [{ field: 'payload.a.0', message: expect.stringMatching(message) }],
      secrets: [],
      parents: [],
    });
  });

  it('finds the parents a value names, and where', () => {
    const value = {
      a: ['{{ parents.one.status }} {{ parents["the two"].result | json }} {{ parents.one.name }}'],
    };
    expect(checkTemplates(value, 'payload').parents).toEqual([
      { field: 'payload.a.0', name: 'one' },
      { field: 'payload.a.0', name: 'the two' },
      { field: 'payload.a.0', name: 'one' },
    ]);
    expect(namesIn(value)).toEqual({ secrets: [], parents: ['one', 'the two'] });
  });

  it('finds the secrets a value names, and where', () => {
    const value = { a: 'x', b: [{ c: '{{ secrets.ONE }}{{ secrets.TWO | default: secrets.ONE }}' }] };
    expect(checkTemplates(value, 'payload').secrets).toEqual([
      { field: 'payload.b.0.c', name: 'ONE' },
      { field: 'payload.b.0.c', name: 'TWO' },
      { field: 'payload.b.0.c', name: 'ONE' },
    ]);
    expect(namesIn(value)).toEqual({ secrets: ['ONE', 'TWO'], parents: [] });
  });

  it('tells what came of secrets, and of nothing else', () => {
    const value = { a: '{{ jobName }} {{ secrets.TOKEN | upcase }}!', '{{ key }}': 1 };
    expect(renderTemplates(value, SCOPE)).toEqual({
      value: { a: 'Nightly TOK"EN-1!', '{{ key }}': 1 },
      secrets: ['TOK"EN-1'],
    });
  });

  it('does not look into what a value itself says', () => {
    expect(renderTemplates('{{ jobName }}', { ...SCOPE, jobName: '{{ secrets.TOKEN }}' }).value).toBe(
      '{{ secrets.TOKEN }}',
    );
  });

  it.each([
    ['{{ (1..100000000) }}', /memory|limit/],
    ['{{ (1..100000000) | join: "-" }}', /limit/],
    ['{{ "2030-01-01" | date: "%999999999Y" }}', /limit/],
    ['{{ jobName | json: 999999999 }}', /./],
    ['{{ secrets.GONE }}', /undefined variable/],
    ['{{ secrets.__proto__ }}', /undefined variable/],
    ['{{ secrets.constructor }}', /undefined variable/],
    ['{{ jobName.constructor }}', /undefined variable/],
  ])('is bounded, and reaches no prototype: %s', (text, message) => {
    const outcome = (): unknown => {
      try {
        return rendered(text);
      } catch (error) {
        return error;
      }
    };
    const result = outcome();
    if (result instanceof Error) expect(result.message).toMatch(message);
    else expect(String(result).length).toBeLessThan(100);
  });

  it('gives no more than a mebibyte in all', () => {
    const long = { ...SCOPE, jobName: 'x'.repeat(200_000) };
    expect(() =>
      renderTemplates(
        Array.from({ length: 6 }, () => '{{ jobName }}'),
        long,
      ),
    ).toThrow(/more than 1048576/);
  });

  it('leaves every text without an opening as it is', () => {
    const plain = fc.string().filter((text) => !text.includes('{{') && !text.includes('{%'));
    fc.assert(
      fc.property(plain, (text) => {
        expect(isTemplated([text])).toBe(false);
        expect(rendered(text)).toBe(text);
      }),
    );
  });

  it('keeps whatever is in a raw block as it is, and fails in no other way than by refusing', () => {
    const braces = fc.string({ unit: fc.constantFrom('{', '}', '%', ' ', 'a', '|', '"', '.', '-') });
    fc.assert(
      fc.property(braces, (text) => {
        const value: JsonValue = { text };
        if (checkTemplates(value, 'p').faults.length > 0) return;
        expect(typeof (renderTemplates(value, SCOPE).value as { text: unknown }).text).toBe('string');
      }),
    );
    expect(rendered('{% raw %}{% if a %}{{ b }}{% endraw %}')).toBe('{% if a %}{{ b }}');
  });
});
