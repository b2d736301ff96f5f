import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type AuditView, FindAudit } from '#audit';
import { CurrentUser, type Principal } from '#auth';
import { ApiErrors, ApiPage, Page, RawAnswer } from '../http/index.js';
import { decodeAuditCursor, encodeAuditCursor } from './audit-cursor.js';
import { AuditEventDto } from './dto/audit-event.dto.js';
import { AuditExportQueryDto, AuditQueryDto } from './dto/audit-query.dto.js';
import { CONTENT_TYPES, exportLines } from './export-audit.js';

@ApiTags('Audit')
@ApiBearerAuth()
@Controller('audit')
export class AuditController {
  constructor(private readonly audit: FindAudit) {}

  @Get()
  @ApiOperation({
    summary: 'Who did what, newest first',
    description:
      'Every change and every sign-in, also failed ones. Admins see all, others what concerns their own jobs and account. Kept for `AUDIT_RETENTION_DAYS`.',
  })
  @ApiPage(AuditEventDto, { description: 'A page of events.' })
  @ApiErrors('VALIDATION_FAILED')
  async list(@CurrentUser() actor: Principal, @Query() query: AuditQueryDto): Promise<Page<AuditView>> {
    const { cursor, ...filter } = query;
    const after = cursor === undefined ? undefined : decodeAuditCursor(cursor);
    const { items, total, last } = await this.audit.list(actor, { ...filter, after });
    return Page.of(query, { items, total, nextCursor: last && encodeAuditCursor(last) });
  }

  @Get('export')
  @RawAnswer()
  @ApiOperation({
    summary: 'The audit trail as a file',
    description:
      'The events `GET /audit` lists, newest first, all of them in one stream: NDJSON, one event a line, or CSV. A stream that breaks off is not complete.',
  })
  @ApiOkResponse({
    description: 'The file.',
    content: {
      'application/x-ndjson': { schema: { type: 'string' } },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  @ApiErrors('VALIDATION_FAILED')
  export(
    @CurrentUser() actor: Principal,
    @Query() { format = 'ndjson', ...filter }: AuditExportQueryDto,
  ): StreamableFile {
    return new StreamableFile(Readable.from(exportLines(this.audit.stream(actor, filter), format)), {
      type: CONTENT_TYPES[format],
      disposition: `attachment; filename="chronos-audit.${format}"`,
    });
  }
}
