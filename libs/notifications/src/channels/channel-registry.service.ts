import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { NOTIFICATION_CHANNELS, type NotificationChannelName } from '#contracts';
import { NotificationChannel, type NotificationSender } from './notification-channel.js';

/**
 * Every `@NotificationChannel` of the application by its name. Complete once modules are initialised: a duplicate, a
 * malformed or a missing one stops the start with all faults in one message.
 */
@Injectable()
export class ChannelRegistry implements OnModuleInit {
  readonly #senders = new Map<NotificationChannelName, NotificationSender>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    const faults: string[] = [];
    for (const provider of this.discovery.getProviders({ metadataKey: NotificationChannel.KEY })) {
      const channel = this.discovery.getMetadataByDecorator(NotificationChannel, provider);
      const sender = provider.instance as Partial<NotificationSender> | undefined;
      const name = String(provider.name);
      if (!channel || !NOTIFICATION_CHANNELS.includes(channel)) {
        faults.push(`${name} names no channel; use one of ${NOTIFICATION_CHANNELS.join(', ')}`);
      } else if (!provider.isDependencyTreeStatic() || typeof sender?.send !== 'function') {
        faults.push(`${name} must be a singleton with a send(notification, signal) method`);
      } else if (this.#senders.has(channel)) {
        faults.push(`${name} is a second sender for "${channel}"; keep one`);
      } else {
        this.#senders.set(channel, sender as NotificationSender);
      }
    }
    for (const channel of NOTIFICATION_CHANNELS) {
      if (!this.#senders.has(channel))
        faults.push(`no provider is decorated @NotificationChannel('${channel}')`);
    }
    if (faults.length > 0)
      throw new Error(`The notification channels are not complete: ${faults.join('; ')}.`);
  }

  /** undefined: a row of a later version, or of a channel since removed. */
  get(channel: NotificationChannelName): NotificationSender | undefined {
    return this.#senders.get(channel);
  }
}
