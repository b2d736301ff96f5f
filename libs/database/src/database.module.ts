import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChronosConfig } from '#config';
import { dataSourceOptions } from './data-source-options.js';

/** One connection pool per process. Entities register themselves by `TypeOrmModule.forFeature` of their module. */
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
      }),
    }),
  ],
})
export class DatabaseModule {}
