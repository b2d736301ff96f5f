import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { LogBudget, OutputCapture } from './output-capture.js';

function capture(budget = new LogBudget(() => {})) {
  const lines: string[] = [];
  return { lines, output: new OutputCapture(budget, (line) => void lines.push(line)) };
}

describe('OutputCapture', () => {
  it('hands lines on as they end, and the last one without an end', () => {
    const { lines, output } = capture();
    output.write(Buffer.from('first\r\nsec'));
    expect(lines).toEqual(['first']);
    output.write(Buffer.from('ond\n\n  \nlast'));
    expect(lines).toEqual(['first', 'second']);
    expect(output.end()).toEqual({ text: 'first\r\nsecond\n\n  \nlast', isTruncated: false });
    expect(lines).toEqual(['first', 'second', 'last']);
  });

  it('is the same wherever the chunks are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'ü', '€', '😀', '\n'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(200), { maxLength: 10 }), (output, cuts) => {
        const bytes = Buffer.from(output);
        const at = [
          0,
          ...cuts.map((cut) => Math.min(cut, bytes.length)).toSorted((a, b) => a - b),
          bytes.length,
        ];
        const { lines, output: captured } = capture();
        at.slice(1).forEach((end, index) => captured.write(bytes.subarray(at[index], end)));
        expect(captured.end()).toEqual({ text: output, isTruncated: false });
        expect(lines).toEqual(output.split('\n').filter((line) => line !== ''));
      }),
    );
  });

  it('keeps the first 64 KiB, cut between characters', () => {
    const { output } = capture();
    output.write(Buffer.from(`x${'😀'.repeat(10_000)}`));
    output.write(Buffer.from('😀'.repeat(10_000)));
    expect(output.end()).toEqual({ text: `x${'😀'.repeat(16_383)}`, isTruncated: true });
  });

  it('cuts a line that does not end', () => {
    const { lines, output } = capture();
    for (let chunk = 0; chunk < 100; chunk += 1) output.write(Buffer.alloc(1_000, 'x'));
    output.write(Buffer.from('\nnext\n'));
    output.end();
    expect(lines).toEqual([`${'x'.repeat(4_096)}…`, 'next']);
  });

  it('stops logging for both outputs once their share is used up, and says so once', () => {
    const onSpent = vi.fn();
    const budget = new LogBudget(onSpent);
    const out = capture(budget);
    const err = capture(budget);
    out.output.write(Buffer.from('line\n'.repeat(9_999)));
    err.output.write(Buffer.from('one\ntwo\nthree\n'));
    out.output.write(Buffer.from('more\n'));
    expect(out.lines.length + err.lines.length).toBe(10_000);
    expect(onSpent).toHaveBeenCalledTimes(1);
    expect(err.output.end().text).toBe('one\ntwo\nthree\n');
  });
});
