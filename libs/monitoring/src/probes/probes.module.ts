import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthProbes } from './health-probes.service.js';
import { READINESS_INDICATORS, type ReadinessIndicator } from './readiness.js';

/** What a process's health controller answers with; `indicators` is what it cannot do without. */
@Module({})
export class ProbesModule {
  static forRoot(indicators: Type<ReadinessIndicator>[]): DynamicModule {
    return {
      module: ProbesModule,
      imports: [TerminusModule.forRoot({ errorLogStyle: 'json' })],
      providers: [
        HealthProbes,
        ...indicators,
        {
          provide: READINESS_INDICATORS,
          inject: indicators,
          useFactory: (...all: ReadinessIndicator[]) => all,
        },
      ],
      exports: [HealthProbes, ...indicators],
    };
  }
}
