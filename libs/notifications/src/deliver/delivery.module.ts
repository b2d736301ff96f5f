import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { OutboundModule } from '#outbound';
import { SecretsModule } from '#secrets';
import { ChannelRegistry } from '../channels/channel-registry.service.js';
import { EmailChannel } from '../channels/email.channel.js';
import { SlackChannel } from '../channels/slack.channel.js';
import { WebhookChannel } from '../channels/webhook.channel.js';
import { DeliverNotifications } from './deliver-notifications.service.js';

/** The sending end, with the channels Chronos ships: for worker processes. */
@Module({
  imports: [DiscoveryModule, OutboundModule, SecretsModule],
  providers: [ChannelRegistry, DeliverNotifications, EmailChannel, SlackChannel, WebhookChannel],
  exports: [DeliverNotifications],
})
export class DeliveryModule {}
