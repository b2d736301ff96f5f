import { readFileSync } from 'node:fs';
import { Histogram } from 'prom-client';
import { DataSource } from 'typeorm';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  ExecutionMetrics,
  LedgerMetrics,
  ProcessMetrics,
  SystemFiguresService,
  SystemMetrics,
} from '#monitoring';
import { testConfig } from '#testing';
import { RunningMetrics } from '../../apps/worker/src/metrics/running-metrics.service.js';
import type { ExecutionRunner } from '../../apps/worker/src/run/execution-runner.service.js';

interface Panel {
  id: number;
  title: string;
  type: string;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource?: { uid: string };
  targets?: { expr: string; datasource: { uid: string } }[];
}

interface Dashboard {
  panels: Panel[];
  templating: { list: { name: string; definition?: string }[] };
}

interface Alert {
  alert: string;
  expr: string;
  labels: { severity: string };
}

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const dashboard = JSON.parse(read('deploy/grafana/chronos.json')) as Dashboard;
const { groups } = parse(read('deploy/helm/chronos/files/alerts.yaml')) as { groups: { rules: Alert[] }[] };
const alerts = groups.flatMap(({ rules }) => rules);
const operations = read('docs/operations.md');

const charted = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => [`panel ${title}`, expr]),
);
const listed = dashboard.templating.list.flatMap(({ name, definition }) =>
  definition === undefined ? [] : [[`variable ${name}`, definition]],
);
const expressions = [...charted, ...listed, ...alerts.map(({ alert, expr }) => [alert, expr])];

/** Labels Prometheus adds. */
const ADDED = ['job', 'instance', 'le'];

/** Each series of API and worker, as a scrape shows it, with its labels. */
const exported = new Map<string, string[]>();

beforeAll(() => {
  const dataSource = new DataSource({ type: 'postgres' });
  const metrics = new ProcessMetrics(dataSource);
  const runner = { running: { size: 0 } } as unknown as ExecutionRunner;
  void new ExecutionMetrics(metrics, new LedgerMetrics(metrics, dataSource));
  void new SystemMetrics(metrics, new SystemFiguresService(dataSource));
  void new RunningMetrics(metrics, testConfig(), runner);
  for (const { name } of metrics.registry.getMetricsAsArray()) {
    const metric = metrics.registry.getSingleMetric(name);
    // The library keeps them, and does not say so in its types.
    const { labelNames = [] } = metric as unknown as { labelNames?: string[] };
    const suffixes = metric instanceof Histogram ? ['_bucket', '_sum', '_count'] : [''];
    for (const suffix of suffixes) exported.set(name + suffix, labelNames);
  }
  metrics.registry.clear();
});

const named = (text: string) => text.match(/(?<![\w/])(?:chronos|nodejs|process)_[a-z0-9_]+/g) ?? [];

describe('the dashboard and the alerts', () => {
  it.each(expressions)('%s asks only for what is exported', (_title, expression) => {
    const names = named(expression ?? '');
    expect(names).not.toEqual([]);
    expect([...exported.keys()]).toEqual(expect.arrayContaining(names));
  });

  it.each(expressions)('%s uses only labels its metrics have', (_title, expression = '') => {
    for (const [, name, selectors] of expression.matchAll(/([a-z0-9_]+)\{([^}]*)\}/g)) {
      const labels = [...(selectors ?? '').matchAll(/([a-z_]+)\s*=?[=~!]/g)].map(([, label]) => label);
      expect([...(exported.get(name ?? '') ?? []), ...ADDED]).toEqual(expect.arrayContaining(labels));
    }
    const known = named(expression).flatMap((name) => exported.get(name) ?? []);
    for (const [, list] of expression.matchAll(/\b(?:by|on) \(([^)]*)\)/g)) {
      expect([...known, ...ADDED]).toEqual(expect.arrayContaining((list ?? '').split(', ')));
    }
  });

  it('show every metric of our own', () => {
    const shown = new Set(charted.flatMap(([, expression]) => named(expression ?? '')));
    const base = (name: string) => name.replace(/_(bucket|sum|count)$/, '');
    const ours = [...exported.keys()].filter((name) => name.startsWith('chronos_')).map(base);
    expect([...shown].map(base)).toEqual(expect.arrayContaining(ours));
  });
});

describe('the dashboard', () => {
  it('has panels of their own place and number', () => {
    const cells = new Set<string>();
    for (const { title, gridPos } of dashboard.panels) {
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(cells, title).not.toContain(`${x}/${y}`);
          cells.add(`${x}/${y}`);
        }
      }
    }
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  it('works on any data source: nothing but its own variables', () => {
    const known = [...dashboard.templating.list.map(({ name }) => `$${name}`), '$__rate_interval'];
    for (const [title, expression = ''] of charted) {
      expect(known, title).toEqual(expect.arrayContaining(expression.match(/\$\w+/g) ?? []));
    }
    const sources = dashboard.panels.flatMap(({ targets = [] }) =>
      targets.map(({ datasource }) => datasource.uid),
    );
    expect(new Set(sources)).toEqual(new Set(['${datasource}']));
  });
});

describe('docs/operations.md', () => {
  it.each(alerts)('says what to do about $alert', ({ alert, labels }) => {
    expect(operations).toContain(`\`${alert}\``);
    expect(['critical', 'warning']).toContain(labels.severity);
  });

  it('names no metric that is not there', () => {
    expect([...exported.keys()]).toEqual(expect.arrayContaining(named(operations)));
  });
});
