export { ATTEMPT_LIMITS, type AttemptLimits, runAttempt } from './attempt/run-attempt.js';
export { NotSerialisableError, storableText, toStorableJson } from './attempt/storable-json.js';
export { ExecutorsModule } from './executors.module.js';
export { HttpExecutor } from './http/http.executor.js';
export { ExecutorRegistry } from './registry/executor-registry.service.js';
export { JobExecutor } from './registry/job-executor.decorator.js';
export { ExecutorStartupError } from './registry/startup-error.js';
export { ScriptExecutor } from './script/script.executor.js';
export { WebhookExecutor } from './webhook/webhook.executor.js';
