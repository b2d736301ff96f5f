import { ApiProperty } from '@nestjs/swagger';
import { ERROR_CODES, type ErrorCode } from '#contracts';

/** One fault of the input. */
export class FieldFaultDto {
  @ApiProperty({ description: 'Path of the field as it was sent.', example: 'cronExpression' })
  field!: string;

  @ApiProperty({
    description: 'What is wrong, and what to send instead.',
    example: 'must have 5 or 6 fields',
  })
  message!: string;
}

export class ErrorDto {
  @ApiProperty({ enum: ERROR_CODES, enumName: 'ErrorCode', description: 'Stable; branch on this.' })
  code!: ErrorCode;

  @ApiProperty({ description: 'For people. May change.' })
  message!: string;

  @ApiProperty({ type: [FieldFaultDto], description: 'Empty unless the input was at fault.' })
  details!: FieldFaultDto[];

  @ApiProperty({ description: '`X-Request-Id` of this answer; quote it when you ask for help.' })
  requestId!: string;
}

export class ErrorEnvelopeDto {
  @ApiProperty({ enum: [false] })
  success!: false;

  @ApiProperty({ type: ErrorDto })
  error!: ErrorDto;
}
