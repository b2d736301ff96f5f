export { ATTEMPT_LIMITS, type AttemptLimits, runAttempt } from './attempt/run-attempt.js';
export { CustomHandler, type CustomHandlerOptions } from './custom/custom-handler.decorator.js';
export { HandlerCatalog, type HandlerDescription } from './custom/handler-catalog.service.js';
export { ExecutorsModule } from './executors.module.js';
export { ExecutorRegistry } from './registry/executor-registry.service.js';
export { JobExecutor } from './registry/job-executor.decorator.js';
export { ExecutorStartupError } from './registry/startup-error.js';
