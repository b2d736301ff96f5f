import { Module } from '@nestjs/common';
import { QueueModule } from '#queue';
import { ClaimExecutions } from './claim/claim-executions.service.js';
import { DispatchExecutions } from './dispatch/dispatch-executions.service.js';
import { ExecutionsModule } from './executions.module.js';
import { JobLogWriter } from './logs/job-log-writer.service.js';
import { ReconcileExecutions } from './reconcile/reconcile-executions.service.js';
import { SettleExecutions } from './settle/settle-executions.service.js';
import { WorkerIdentity } from './workers/worker-identity.js';

const SERVICES = [
  ClaimExecutions,
  DispatchExecutions,
  JobLogWriter,
  ReconcileExecutions,
  SettleExecutions,
  WorkerIdentity,
];

/** What moves executions from due to done: only worker processes have it. */
@Module({
  imports: [ExecutionsModule, QueueModule],
  providers: SERVICES,
  exports: [...SERVICES, ExecutionsModule, QueueModule],
})
export class ExecutionEngineModule {}
