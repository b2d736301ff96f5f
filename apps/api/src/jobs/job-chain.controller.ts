import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type Principal } from '#auth';
import { type ChainView, FindChain } from '#jobs';
import { ApiEnvelope, ApiErrors, ParseIdPipe } from '../http/index.js';
import { ChainDto } from './dto/chain.dto.js';

@ApiTags('Jobs')
@ApiBearerAuth()
@Controller('jobs/:id/chain')
export class JobChainController {
  constructor(private readonly findChain: FindChain) {}

  @Get()
  @ApiOperation({
    summary: 'The chain that a job is part of',
    description:
      'All jobs it is linked with, by however many others: what it runs after and what runs after it, each with how it last ended.',
  })
  @ApiEnvelope(ChainDto, { description: 'The jobs and their links.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND')
  chain(@CurrentUser() actor: Principal, @Param('id', ParseIdPipe) id: string): Promise<ChainView> {
    return this.findChain.chain(actor, id);
  }
}
