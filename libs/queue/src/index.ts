export { CONSUMER_OPTIONS, consumerModules } from './consumer.module.js';
export { ExecutionQueues, type MessagePlace, type QueueDepth } from './execution-queues.service.js';
export { type ExecutionMessage, type OutgoingMessage, queueName } from './message.js';
export { pingQueueBackend, prepareQueueBackend } from './queue-connection.js';
export { QueueModule } from './queue.module.js';
