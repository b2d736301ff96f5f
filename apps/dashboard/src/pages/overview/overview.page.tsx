import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Card } from '../../components/card.js';
import { FigureSkeleton } from '../../components/figure-list.js';
import { Loaded } from '../../components/loaded.js';
import { PageHeader } from '../../components/page-header.js';
import { SkeletonRows } from '../../components/skeleton-rows.js';
import { useIsAdmin } from '../../shell/use-session.js';
import { AttentionStrip } from './attention-strip.js';
import { FigureCards } from './figure-cards.js';
import { FirstJob } from './first-job.js';
import { FleetLedger } from './fleet-ledger.js';
import { useFigures, useSystem } from './overview-queries.js';
import classes from './overview.module.css';
import { RecentFailures } from './recent-failures.js';
import { RunningNow } from './running-now.js';
import { SystemCard } from './system-card.js';
import { TrendCard } from './trend-card.js';
import { UpNext } from './up-next.js';

const route = getRouteApi('/shell/');
const DEFAULT_DAYS = 7;

export default function OverviewPage() {
  const { days = DEFAULT_DAYS } = route.useSearch();
  const isAdmin = useIsAdmin();
  const figures = useFigures(DEFAULT_DAYS);
  const system = useSystem(isAdmin);
  const isNew = figures.data?.jobs.total === 0;

  return (
    <div className={classes.page}>
      <PageHeader
        title="Overview"
        actions={
          <Button component={Link} to="/jobs/new" leftSection={<IconPlus size={16} />}>
            Create a job
          </Button>
        }
      />
      {isNew ? (
        <FirstJob />
      ) : (
        <>
          {figures.data && <AttentionStrip figures={figures.data} system={system.data} />}
          <section aria-label="Figures">
            <Loaded query={figures} skeleton={<FigureSkeleton />}>
              {(data) => <FigureCards figures={data} system={system.data} />}
            </Loaded>
          </section>
          {figures.data && <FleetLedger figures={figures.data} />}
          <div className={classes.pair}>
            <RunningNow />
            <Card title="Up next" isFlush>
              <Loaded query={figures} skeleton={<SkeletonRows />}>
                {({ upcoming }) => <UpNext upcoming={upcoming} />}
              </Loaded>
            </Card>
          </div>
          <div className={classes.pair}>
            <RecentFailures />
            <TrendCard days={days} />
          </div>
          {isAdmin && <SystemCard query={system} />}
        </>
      )}
    </div>
  );
}
