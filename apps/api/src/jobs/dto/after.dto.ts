import { ApiProperty } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { CHAIN_CONDITIONS, type ChainCondition, type ChainLink } from '#contracts';
import type { ChainInput } from '#jobs';
import { ChoiceField, TextField } from '../../http/index.js';

const MEANING =
  '`completed`: it completed. `failed`: it failed or timed out, after its last retry. `any`: it is over, whichever way, skipped and missed included.';

/** A job to run after. */
export class AfterDto implements ChainInput {
  @TextField({
    max: 36,
    description: 'A job of the same owner.',
    example: '0197c1b2-5a2e-7cc0-9d3f-3f5b9f6f4b11',
    faultOf: (text) => (isUUID(text) ? undefined : 'must be the UUID of a job'),
  })
  jobId!: string;

  @ChoiceField(CHAIN_CONDITIONS, {
    optional: true,
    enumName: 'ChainCondition',
    description: MEANING,
    default: 'completed',
  })
  on?: ChainCondition;
}

/** A job that another one runs after. */
export class ChainLinkDto implements ChainLink {
  @ApiProperty({ format: 'uuid' })
  jobId!: string;

  @ApiProperty({ enum: CHAIN_CONDITIONS, enumName: 'ChainCondition', description: MEANING })
  on!: ChainCondition;
}
