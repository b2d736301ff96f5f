import type { DataSourceOptions } from 'typeorm';
import { Initial1764000000000 } from './migrations/1764000000000-initial.js';
import { MonitoringIndexes1764000001000 } from './migrations/1764000001000-monitoring-indexes.js';
import { Notifications1764100000000 } from './migrations/1764100000000-notifications.js';
import { ApiKeys1764200000000 } from './migrations/1764200000000-api-keys.js';
import { GapDetails1764400000000 } from './migrations/1764400000000-gap-details.js';
import { AuditEvents1764450000000 } from './migrations/1764450000000-audit-events.js';
import { ScheduleBounds1764460000000 } from './migrations/1764460000000-schedule-bounds.js';
import { NamedSecrets1764470000000 } from './migrations/1764470000000-named-secrets.js';
import { Overlap1764500000000 } from './migrations/1764500000000-overlap.js';
import { ScheduleVersions1764510000000 } from './migrations/1764510000000-schedule-versions.js';
import { Calendars1764600000000 } from './migrations/1764600000000-calendars.js';
import { Chains1764610000000 } from './migrations/1764610000000-chains.js';
import { Backfills1764620000000 } from './migrations/1764620000000-backfills.js';
import { SystemPauses1764630000000 } from './migrations/1764630000000-system-pauses.js';
import { ZoneData1764640000000 } from './migrations/1764640000000-zone-data.js';
import { CatchupReviews1764650000000 } from './migrations/1764650000000-catchup-reviews.js';
import { TestNotifications1764660000000 } from './migrations/1764660000000-test-notifications.js';

/** In the order they run. Never changed once released; a mistake is mended by the next one. */
const MIGRATIONS = [
  Initial1764000000000,
  MonitoringIndexes1764000001000,
  Notifications1764100000000,
  ApiKeys1764200000000,
  GapDetails1764400000000,
  AuditEvents1764450000000,
  ScheduleBounds1764460000000,
  NamedSecrets1764470000000,
  Overlap1764500000000,
  ScheduleVersions1764510000000,
  Calendars1764600000000,
  Chains1764610000000,
  Backfills1764620000000,
  SystemPauses1764630000000,
  ZoneData1764640000000,
  CatchupReviews1764650000000,
  TestNotifications1764660000000,
];

/** The options every connection shares. Entities are added by whoever needs them. */
export function dataSourceOptions(url: string) {
  return {
    type: 'postgres',
    url,
    migrations: MIGRATIONS,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: ['error'],
    // Waiting for a connection that will not come must end as an error: the API answers 503, a batch tries again.
    connectTimeoutMS: 5_000,
    // All times cross the wire as text in UTC, whatever zone the server was set up with.
    extra: { options: '-c TimeZone=UTC' },
  } as const satisfies DataSourceOptions;
}
