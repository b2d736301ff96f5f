import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ChronosConfig } from './chronos-config.js';

/** Makes the one validated configuration injectable everywhere, by its class. */
@Global()
@Module({})
export class ConfigModule {
  static forRoot(config: ChronosConfig): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: ChronosConfig, useValue: config }],
      exports: [ChronosConfig],
    };
  }
}
