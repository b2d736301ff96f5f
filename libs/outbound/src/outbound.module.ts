import { Module } from '@nestjs/common';
import { OutboundClient } from './outbound-client.service.js';
import { SmtpPool } from './smtp-pool.service.js';

/** The ways out of the installation, shared by jobs and notifications: guarded HTTP and pooled SMTP. */
@Module({ providers: [OutboundClient, SmtpPool], exports: [OutboundClient, SmtpPool] })
export class OutboundModule {}
