import { Module } from '@nestjs/common';
import { ExecutionQueues } from './execution-queues.service.js';

/** The producing end. Workers register their processors with `consumerModules()`. */
@Module({ providers: [ExecutionQueues], exports: [ExecutionQueues] })
export class QueueModule {}
