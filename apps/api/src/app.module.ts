import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { type ChronosConfig, ConfigModule } from '#config';
import { DatabaseModule } from '#database';
import { loggerParams } from '#monitoring';
import { AuditApiModule } from './audit/audit-api.module.js';
import { AuthApiModule } from './auth/auth-api.module.js';
import { CalendarsApiModule } from './calendars/calendars-api.module.js';
import { EventsModule } from './events/events.module.js';
import { GuardsModule } from './guards/guards.module.js';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';
import { JobsApiModule } from './jobs/jobs-api.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { MonitoringModule } from './monitoring/monitoring.module.js';
import { SecretsApiModule } from './secrets/secrets-api.module.js';
import { SystemApiModule } from './system/system-api.module.js';
import { UsersModule } from './users/users.module.js';

@Module({})
export class AppModule {
  static forRoot(config: ChronosConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        LoggerModule.forRoot(loggerParams(config, 'api')),
        DatabaseModule,
        HttpModule,
        GuardsModule,
        HealthModule,
        AuthApiModule,
        UsersModule,
        JobsApiModule,
        CalendarsApiModule,
        AuditApiModule,
        SecretsApiModule,
        SystemApiModule,
        EventsModule,
        MetricsModule,
        MonitoringModule,
      ],
    };
  }
}
