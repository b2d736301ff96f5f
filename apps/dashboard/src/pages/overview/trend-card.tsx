import { SegmentedControl } from '@mantine/core';
import { Card } from '../../components/card.js';
import { Loaded } from '../../components/loaded.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { useSetSearch } from '../../shell/search-params.js';
import { useFigures } from './overview-queries.js';
import { TREND_DAYS } from './trend-days.js';
import { TrendChart } from './trend-chart.js';

/** Successes and failures by day. */
export function TrendCard({ days }: { days: number }) {
  const figures = useFigures(days);
  const setSearch = useSetSearch<{ days: number }>();
  return (
    <Card
      title="Trend"
      aside={
        <SegmentedControl
          size="xs"
          aria-label="Days shown"
          value={String(days)}
          onChange={(value) => setSearch({ days: Number(value) }, { replace: true })}
          data={TREND_DAYS.map((count) => ({ value: String(count), label: `${count} days` }))}
        />
      }
    >
      <Loaded query={figures} skeleton={<SkeletonRows />}>
        {({ trend }) => <TrendChart trend={trend} />}
      </Loaded>
    </Card>
  );
}
