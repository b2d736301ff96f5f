import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChronosConfig } from '#config';
import { DatabaseClock } from './database-clock.service.js';
import { dataSourceOptions } from './data-source-options.js';
import { PgNotifications } from './pg-notifications.service.js';
import { QueryLogger } from './query-logger.js';

/** One connection pool per process. Entities register themselves by `TypeOrmModule.forFeature` of their module. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ChronosConfig],
      useFactory: ({ database }: ChronosConfig) => ({
        ...dataSourceOptions(database.url),
        poolSize: database.poolSize,
        autoLoadEntities: true,
        migrationsRun: false,
        retryAttempts: 0,
        logger: new QueryLogger(),
      }),
    }),
  ],
  providers: [DatabaseClock, PgNotifications],
  exports: [DatabaseClock, PgNotifications],
})
export class DatabaseModule {}
