export { backoffMs } from './attempt/backoff.js';
export {
  cancelExecutions,
  type CancelledExecution,
  withdrawAllPlanned,
  withdrawPlanned,
} from './cancel/cancel-executions.js';
export { type Change, decodeChanges, SYSTEM_STATES, type SystemState } from './changes/change.js';
export { ChangePublisher, notifyChanges } from './changes/change-publisher.service.js';
export { ClaimExecutions } from './claim/claim-executions.service.js';
export type { ClaimedExecution } from './claim/claimed-execution.js';
export { type RenewedLease, renewLeases } from './claim/renew-leases.js';
export {
  type ChainMembership,
  type DueExecution,
  insertExecutions,
  type NewExecution,
  NO_CHAIN,
} from './create/insert-executions.js';
export { DispatchExecutions } from './dispatch/dispatch-executions.service.js';
export { findDueExecutions } from './dispatch/find-due-executions.js';
export {
  ATTEMPT_STATUSES,
  type AttemptStatus,
  ExecutionAttemptEntity,
} from './entities/execution-attempt.entity.js';
export { ExecutionEntity } from './entities/execution.entity.js';
export { JobLogEntity } from './entities/job-log.entity.js';
export { SystemPauseEntity } from './entities/system-pause.entity.js';
export { type PublishedHandler, WorkerEntity } from './entities/worker.entity.js';
export { ExecutionEngineModule } from './execution-engine.module.js';
export { ExecutionsModule } from './executions.module.js';
export { countInLedger, type LedgerCount, watchLedger } from './ledger-counts/ledger-counts.js';
export { type JobLogLine, JobLogWriter } from './logs/job-log-writer.service.js';
export { MicroBatcher } from './micro-batcher.js';
export { type AttemptView, type ExecutionView } from './read/execution-view.js';
export { type RelatedExecution } from './read/related-executions.js';
export {
  type ExecutionFilter,
  type ExecutionList,
  executionPage,
  type ExecutionPosition,
} from './read/execution-page.js';
export {
  type ExecutionDetail,
  FindExecutions,
  type LogFilter,
  type LogList,
  type LogView,
} from './read/find-executions.service.js';
export { decideOverlap, type OverlapRules } from './overlap/decide-overlap.js';
export { findReleasedExecutions } from './overlap/find-released-executions.js';
export { ReconcileExecutions } from './reconcile/reconcile-executions.service.js';
export { concludeOneOffJobs, lockJobs } from './settle/conclude-one-off-jobs.js';
export { SettleExecutions, type SettleRequest } from './settle/settle-executions.service.js';
export { type AttemptFacts, type Settlement, settlementOf } from './settle/settlement.js';
export { isSystemHeld, SYSTEM_HELD } from './system-pause/is-system-held.js';
export { WorkerIdentity } from './workers/worker-identity.js';
export { type WorkerBeat, WorkerRegistry } from './workers/worker-registry.service.js';
