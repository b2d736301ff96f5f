import { ApiPropertyOptional } from '@nestjs/swagger';
import { isUUID, IsUUID } from 'class-validator';
import { AUDIT_ACTIONS, type AuditFilter } from '#audit';
import { ChoiceField, OptionalField, PageQueryDto, QueryInstantField, TextField } from '../../http/index.js';

const KINDS = new Set<string>(AUDIT_ACTIONS.flatMap((action) => [action, action.split('.')[0] ?? '']));

const ACTOR = {
  optional: true,
  max: 320,
  trim: true,
  faultOf: actorFault,
  description: 'Id of the user who did it, or their e-mail address as it was then.',
  example: 'jane@example.com',
};
const ACTION = {
  optional: true,
  max: 64,
  faultOf: actionFault,
  description: 'One action, or the part before the dot for all of that kind.',
  example: 'job.update',
};
const TARGET = { optional: true, min: 1, max: 100, description: 'Id of what it was done to.' };
const FROM = { description: 'Not before; a date alone is its start in UTC.' };
const TO = { description: 'Not after; a date alone is its end in UTC.' };

export class AuditQueryDto extends PageQueryDto implements AuditFilter {
  @TextField(ACTOR)
  actor?: string;

  @TextField(ACTION)
  action?: string;

  @TextField(TARGET)
  target?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'What was done to one job and its executions.' })
  @OptionalField()
  @IsUUID('all', { message: 'must be a UUID' })
  jobId?: string;

  @QueryInstantField('first', FROM)
  from?: Date;

  @QueryInstantField('last', TO)
  to?: Date;
}

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export class AuditExportQueryDto implements AuditFilter {
  @ChoiceField(EXPORT_FORMATS, { optional: true, enumName: 'AuditExportFormat', default: 'ndjson' })
  format?: ExportFormat;

  @TextField(ACTOR)
  actor?: string;

  @TextField(ACTION)
  action?: string;

  @TextField(TARGET)
  target?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'What was done to one job and its executions.' })
  @OptionalField()
  @IsUUID('all', { message: 'must be a UUID' })
  jobId?: string;

  @QueryInstantField('first', FROM)
  from?: Date;

  @QueryInstantField('last', TO)
  to?: Date;
}

function actorFault(actor: string): string | undefined {
  return actor.includes('@') || isUUID(actor) ? undefined : 'must be the id of a user or an e-mail address';
}

function actionFault(action: string): string | undefined {
  return KINDS.has(action) ? undefined : `must be one of ${[...KINDS].toSorted().join(', ')}`;
}
