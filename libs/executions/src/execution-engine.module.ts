import { Module } from '@nestjs/common';
import { OutboxModule } from '#notifications';
import { QueueModule } from '#queue';
import { ChangePublisher } from './changes/change-publisher.service.js';
import { ClaimExecutions } from './claim/claim-executions.service.js';
import { DispatchExecutions } from './dispatch/dispatch-executions.service.js';
import { JobLogWriter } from './logs/job-log-writer.service.js';
import { ReconcileExecutions } from './reconcile/reconcile-executions.service.js';
import { SettleExecutions } from './settle/settle-executions.service.js';
import { WorkerIdentity } from './workers/worker-identity.js';
import { WorkerRegistry } from './workers/worker-registry.service.js';

const SERVICES = [
  ChangePublisher,
  ClaimExecutions,
  DispatchExecutions,
  JobLogWriter,
  ReconcileExecutions,
  SettleExecutions,
  WorkerIdentity,
  WorkerRegistry,
];

/** What moves executions from due to done: only worker processes have it. Works in SQL alone. */
@Module({
  imports: [OutboxModule, QueueModule],
  providers: SERVICES,
  exports: [...SERVICES, QueueModule],
})
export class ExecutionEngineModule {}
