import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { SystemDto, SystemSettingsDto } from '#client';
import { Card } from '../../../components/card.js';
import { formatCount } from '../../../components/format-count.js';
import { Loaded } from '../../../components/loaded.js';
import { Duration } from '../../../components/time.js';
import { Facts } from './facts.js';
import { formatBytes } from './format-bytes.js';
import { useFigures, useSettings } from './use-settings.js';

/** How the installation is right now: what it runs on, and whether it keeps up. */
export function FiguresCards() {
  const query = useFigures();
  const { data: settings } = useSettings();
  return (
    <>
      <Card title="Keeping up">
        <Loaded query={query} skeleton={<Skeleton height={160} />}>
          {(figures) => <KeepingUp figures={figures} />}
        </Loaded>
      </Card>
      <Card title="Software">
        <Loaded query={query} skeleton={<Skeleton height={160} />}>
          {(figures) => <Software figures={figures} settings={settings} />}
        </Loaded>
      </Card>
      <DatabaseCard query={query} />
    </>
  );
}

function KeepingUp({ figures: { latenessMs, planner, throughput } }: { figures: SystemDto }) {
  const { lastMinute, last15Minutes, perSecond } = throughput;
  return (
    <Facts
      of={[
        ['Runs a second', perSecond.toFixed(1)],
        ['Last minute', ended(lastMinute)],
        ['Last 15 minutes', ended(last15Minutes)],
        ['Start after due, median', <Duration key="p50" ms={latenessMs.p50} />],
        ['95% within', <Duration key="p95" ms={latenessMs.p95} />],
        ['99% within', <Duration key="p99" ms={latenessMs.p99} />],
        ['Longest wait to be planned', <Duration key="lag" ms={planner.lagMs} />],
      ]}
    />
  );
}

function ended({ completed, failed }: SystemDto['throughput']['lastMinute']): string {
  return `${formatCount(completed)} completed, ${formatCount(failed)} failed`;
}

interface SoftwareProps {
  figures: SystemDto;
  settings: SystemSettingsDto | undefined;
}

function Software({ figures: { process, database, workers }, settings }: SoftwareProps) {
  const others = [...new Set(workers.map(({ version }) => version))].filter(
    (version) => version !== process.version,
  );
  return (
    <Facts
      of={[
        ['Chronos', process.version],
        ...(others.length > 0 ? [['Workers of another version', others.join(', ')] as [string, string]] : []),
        ['Node', process.nodeVersion],
        ['PostgreSQL', database.version],
        ['Queue', settings?.queue === 'redis' ? 'Redis' : settings ? 'PostgreSQL' : ''],
        ['Answering process', <Duration key="uptime" ms={process.uptimeMs} />],
        ['Memory', formatBytes(process.memoryRssBytes)],
      ]}
    />
  );
}

function DatabaseCard({ query }: { query: UseQueryResult<SystemDto> }) {
  return (
    <Card title="Database">
      <Loaded query={query} skeleton={<Skeleton height={120} />}>
        {({ database: { sizeBytes, connections, maxConnections, pool, executionsEstimated } }) => (
          <Facts
            of={[
              ['Size', formatBytes(sizeBytes)],
              ['Runs on record, about', formatCount(executionsEstimated)],
              ['Connections', `${formatCount(connections)} of ${formatCount(maxConnections)}`],
              ['Pool of this process', `${pool.total} open, ${pool.idle} idle, ${pool.waiting} waiting`],
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}
