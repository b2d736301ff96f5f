import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type PublishedHandler, WorkerRegistry } from '#executions';
import { ApiEnvelope } from '../http/index.js';
import { HandlerDto } from './dto/handler.dto.js';

@ApiTags('Handlers')
@ApiBearerAuth()
@Controller('handlers')
export class HandlersController {
  constructor(private readonly workers: WorkerRegistry) {}

  @Get()
  @ApiOperation({
    summary: 'The custom handlers jobs can name',
    description: 'As the live workers tell it; empty while none runs.',
  })
  @ApiEnvelope([HandlerDto], { description: 'By name.' })
  list(): Promise<PublishedHandler[]> {
    return this.workers.handlers();
  }
}
