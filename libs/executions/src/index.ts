export { type AttemptStatus, ExecutionAttemptEntity } from './entities/execution-attempt.entity.js';
export { ExecutionEntity } from './entities/execution.entity.js';
export { JobLogEntity } from './entities/job-log.entity.js';
export { type PublishedHandler, WorkerEntity } from './entities/worker.entity.js';
