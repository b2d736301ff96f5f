import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExecutionAttemptEntity } from './entities/execution-attempt.entity.js';
import { ExecutionEntity } from './entities/execution.entity.js';
import { JobLogEntity } from './entities/job-log.entity.js';
import { SystemPauseEntity } from './entities/system-pause.entity.js';
import { WorkerEntity } from './entities/worker.entity.js';
import { FindExecutions } from './read/find-executions.service.js';
import { WorkerRegistry } from './workers/worker-registry.service.js';

/** The ledger as the API reads it. Workers add the engine with `ExecutionEngineModule`. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      ExecutionEntity,
      ExecutionAttemptEntity,
      JobLogEntity,
      SystemPauseEntity,
      WorkerEntity,
    ]),
  ],
  providers: [FindExecutions, WorkerRegistry],
  exports: [FindExecutions, WorkerRegistry],
})
export class ExecutionsModule {}
