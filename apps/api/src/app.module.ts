import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { type ChronosConfig, ConfigModule } from '#config';
import { DatabaseModule } from '#database';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';
import { loggerParams } from './http/logging.js';

@Module({})
export class AppModule {
  static forRoot(config: ChronosConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        LoggerModule.forRoot(loggerParams(config)),
        DatabaseModule,
        HttpModule,
        HealthModule,
      ],
    };
  }
}
