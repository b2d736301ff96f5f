import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditEventEntity } from './audit-event.entity.js';
import { FindAudit } from './find-audit.service.js';

/** Reading the audit trail. Writing it needs no more than the transaction of the change. */
@Module({
  imports: [TypeOrmModule.forFeature([AuditEventEntity])],
  providers: [FindAudit],
  exports: [FindAudit],
})
export class AuditModule {}
