import { DiscoveryService } from '@nestjs/core';
import type { CustomHandler as Handler } from '#contracts';

export type CustomHandlerOptions = Pick<Handler, 'description' | 'schema'>;

/** Where the decorator below leaves what it was given. */
export const CustomHandlerMetadata = DiscoveryService.createDecorator<
  CustomHandlerOptions & { name: string }
>();

/**
 * Marks a provider as the handler that jobs of type `custom` name: `@CustomHandler('processData')`. It needs a method
 * `run(data, context)`, see the contract `CustomHandler`. The worker does not start when the name is taken or
 * the schema is no JSON Schema.
 */
export function CustomHandler(name: string, options: CustomHandlerOptions = {}): ClassDecorator {
  return CustomHandlerMetadata({ name, ...options });
}
