import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type Principal } from '#auth';
import { BulkJobs, type BulkReport } from '#jobs';
import { ApiEnvelope, ApiErrors } from '../http/index.js';
import { BulkJobsDto, BulkReportDto } from './dto/bulk-jobs.dto.js';

@ApiTags('Jobs')
@ApiBearerAuth()
@Controller('jobs/bulk')
export class BulkJobsController {
  constructor(private readonly bulk: BulkJobs) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Do one thing with many jobs',
    description:
      'With each as if it were asked for alone. What one of them refuses is told, and the others go on.',
  })
  @ApiBody({
    type: BulkJobsDto,
    examples: {
      some: {
        summary: 'Pause two jobs',
        value: {
          action: 'pause',
          ids: ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002'],
          reason: 'Supplier is down',
        },
      },
      all: {
        summary: 'Tag all that match',
        value: { action: 'addTag', tag: 'reports', filter: { search: 'report' } },
      },
    },
  })
  @ApiEnvelope(BulkReportDto, { description: 'What was done.' })
  @ApiErrors('VALIDATION_FAILED')
  run(@CurrentUser() actor: Principal, @Body() request: BulkJobsDto): Promise<BulkReport> {
    return this.bulk.run(actor, request);
  }
}
