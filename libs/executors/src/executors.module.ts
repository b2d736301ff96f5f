import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { OutboundModule } from '#outbound';
import { CustomExecutor } from './custom/custom.executor.js';
import { HandlerCatalog } from './custom/handler-catalog.service.js';
import { ProcessDataHandler } from './custom/process-data.handler.js';
import { EmailExecutor } from './email/email.executor.js';
import { HttpExecutor } from './http/http.executor.js';
import { ExecutorRegistry } from './registry/executor-registry.service.js';
import { ScriptExecutor } from './script/script.executor.js';
import { WebhookExecutor } from './webhook/webhook.executor.js';

/** The executors Chronos ships and the registry that finds these and any other in the application. */
@Module({
  imports: [DiscoveryModule, OutboundModule],
  providers: [
    ExecutorRegistry,
    HttpExecutor,
    WebhookExecutor,
    ScriptExecutor,
    EmailExecutor,
    HandlerCatalog,
    ProcessDataHandler,
    CustomExecutor,
  ],
  exports: [ExecutorRegistry, HandlerCatalog],
})
export class ExecutorsModule {}
