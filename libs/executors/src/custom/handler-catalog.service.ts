import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ChronosConfig } from '#config';
import type { CustomHandler, JsonObject } from '#contracts';
import { ExecutorStartupError } from '../registry/startup-error.js';
import { CustomHandlerMetadata } from './custom-handler.decorator.js';
import { type HandlerCandidate, type RegisteredHandler, registeredHandler } from './handler-definition.js';
import { loadHandlerModules } from './handler-modules.js';

/** A handler as clients see it (`GET /handlers`). */
export interface HandlerDescription {
  name: string;
  description?: string;
  /** JSON Schema of `payload.data`. */
  schema?: JsonObject;
}

/**
 * The custom handlers of this worker: the application's `@CustomHandler` providers and the modules of
 * `CUSTOM_HANDLERS_DIR`. Complete once modules are initialised; a malformed handler or a name taken twice is an
 * `ExecutorStartupError`. Empty on a worker that does not run jobs of type `custom`.
 */
@Injectable()
export class HandlerCatalog implements OnModuleInit {
  private readonly handlers = new Map<string, RegisteredHandler>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly config: ChronosConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    const { types, roles } = this.config.worker;
    if (!types.includes('custom') || !roles.includes('execute')) return;
    const { dir } = this.config.customHandlers;
    const loaded = dir === undefined ? { candidates: [], faults: [] } : await loadHandlerModules(dir);
    const candidates = [...this.provided(), ...loaded.candidates];
    const faults = [...loaded.faults, ...candidates.flatMap((candidate) => this.register(candidate) ?? [])];
    if (faults.length > 0) throw new ExecutorStartupError('The custom handlers are not complete', faults);
  }

  /** Every handler, by name. */
  list(): HandlerDescription[] {
    return [...this.handlers.values()]
      .map(({ definition }) => descriptionOf(definition))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  get(name: string): RegisteredHandler | undefined {
    return this.handlers.get(name);
  }

  private provided(): HandlerCandidate[] {
    return this.discovery.getProviders({ metadataKey: CustomHandlerMetadata.KEY }).map((provider) => {
      const options = this.discovery.getMetadataByDecorator(CustomHandlerMetadata, provider);
      const instance = provider.instance as Partial<CustomHandler> | undefined;
      const run = typeof instance?.run === 'function' ? instance.run.bind(instance) : undefined;
      return { source: String(provider.name), definition: { ...options, run } };
    });
  }

  /** Takes the handler up, or says what is wrong with it. */
  private register(candidate: HandlerCandidate): string | undefined {
    const handler = registeredHandler(candidate);
    if (typeof handler === 'string') return handler;
    const { name } = handler.definition;
    const known = this.handlers.get(name);
    if (known)
      return `${candidate.source}: the handler "${name}" is already defined by ${known.source}; rename one`;
    this.handlers.set(name, handler);
    return undefined;
  }
}

/** Only what is there: the list is stored as JSON with each heartbeat. */
function descriptionOf({ name, description, schema }: CustomHandler): HandlerDescription {
  const described: HandlerDescription = { name };
  if (description !== undefined) described.description = description;
  if (schema !== undefined) described.schema = schema;
  return described;
}
