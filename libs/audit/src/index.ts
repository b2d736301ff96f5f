export { AUDIT_ACTIONS, AUDIT_TARGETS, type AuditAction, type AuditTarget } from './audit-action.js';
export { AuditEventEntity } from './audit-event.entity.js';
export { type AuditActor, type AuditOrigin, noteAuditActor, withAuditOrigin } from './audit-origin.js';
export { AuditModule } from './audit.module.js';
export { type Changes, changesBetween } from './changes-between.js';
export {
  type AuditFilter,
  type AuditList,
  type AuditPosition,
  type AuditView,
  FindAudit,
} from './find-audit.service.js';
export { type AuditRecord, recordAudit } from './record-audit.js';
