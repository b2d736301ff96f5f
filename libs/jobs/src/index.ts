export { IdempotencyKeyEntity } from './entities/idempotency-key.entity.js';
export { JobEntity, type JobNotifications } from './entities/job.entity.js';
export { JobVersionEntity } from './entities/job-version.entity.js';
export { ScheduleGapEntity } from './entities/schedule-gap.entity.js';
export { definitionOf, type JobDefinition } from './job-definition.js';
