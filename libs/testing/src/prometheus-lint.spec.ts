import { describe, expect, it } from 'vitest';
import { lintMetrics } from './prometheus-lint.js';

const metric = (name: string, type: string, sample = `${name} 1`) =>
  `# HELP ${name} Something.\n# TYPE ${name} ${type}\n${sample}\n`;

describe('the lint of metrics', () => {
  it('is content with what promtool is content with', () => {
    const histogram = ['_bucket{le="+Inf",type="http"} 1', '_sum{type="http"} 1', '_count{type="http"} 1'];
    const text =
      metric('jobs_total', 'counter', 'jobs_total{type="a,b=\\"c\\""} 1') +
      metric('queue_executions', 'gauge') +
      metric('run_seconds', 'histogram', histogram.map((part) => `run_seconds${part}`).join('\n'));
    expect(lintMetrics(text)).toEqual([]);
  });

  it.each([
    [metric('jobs', 'counter'), 'jobs: a counter without _total'],
    [metric('jobs_total', 'gauge'), 'jobs_total: _total without being a counter'],
    [metric('run_milliseconds', 'gauge'), 'run_milliseconds: not a base unit'],
    [metric('jobsRun', 'gauge'), 'jobsRun: not snake case'],
    [metric('jobs_gauge', 'gauge'), 'jobs_gauge: its type in its name'],
    [metric('jobs_count', 'gauge'), 'jobs_count: the ending of a histogram'],
    [metric('jobs', 'gauge', 'jobs{jobType="a"} 1'), 'jobs: a label that is not snake case'],
    ['# TYPE jobs gauge\njobs 1\n', 'jobs: no HELP'],
    ['# HELP jobs Jobs.\njobs 1\n', 'jobs: no TYPE'],
    [metric('run_seconds', 'histogram', 'run_seconds_sum 1\nrun_seconds_count 1'), 'run_seconds: no _bucket'],
  ])('objects to %j', (text, fault) => {
    expect(lintMetrics(text)).toEqual([fault]);
  });
});
