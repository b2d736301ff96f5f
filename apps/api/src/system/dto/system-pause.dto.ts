import { ApiProperty } from '@nestjs/swagger';
import { SYSTEM_STATES, type SystemState } from '#executions';
import type { SystemPauseView } from '#jobs';
import { BooleanField, TextField } from '../../http/index.js';

const COUNT = { type: 'integer', minimum: 0 } as const;

export class PauseSystemDto {
  @TextField({
    min: 1,
    max: 500,
    trim: true,
    description: 'Shown to everybody as long as it lasts, and kept in the ledgers.',
    example: 'Database maintenance until 14:00',
  })
  reason!: string;

  @BooleanField({
    optional: true,
    description: 'Cancel what runs as well: it is asked to end and killed 5 s later.',
    default: false,
  })
  cancelRunning?: boolean;
}

export class ResumeSystemDto {
  @BooleanField({
    optional: true,
    description: "Apply each job's misfire policy to the times that passed meanwhile.",
    default: false,
  })
  catchUp?: boolean;
}

export class PausedByDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Ada Lovelace' })
  name!: string;
}

export class ConcernedJobsDto {
  @ApiProperty({ ...COUNT, description: 'Jobs with something to come: what a pause holds back.' })
  active!: number;

  @ApiProperty({
    ...COUNT,
    description: 'Those whose time has come: a resume leaves a gap of it, or catches up with it.',
  })
  due!: number;

  @ApiProperty({ ...COUNT, description: 'Paused by themselves: a resume of everything leaves them so.' })
  paused!: number;
}

export class ConcernedExecutionsDto {
  @ApiProperty({ ...COUNT, description: 'They go on during a pause.' })
  running!: number;

  @ApiProperty({ ...COUNT, description: 'Planned, queued, or between two attempts: they wait.' })
  waiting!: number;
}

export class SystemPauseDto implements SystemPauseView {
  @ApiProperty({
    enum: SYSTEM_STATES,
    enumName: 'SystemState',
    description:
      '`resuming`: the pause is over, and planners have yet to take back what was planned for it; it takes them moments.',
  })
  state!: SystemState;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Null where nothing is paused, as the two below.',
  })
  since!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'Database maintenance until 14:00' })
  reason!: string | null;

  @ApiProperty({ type: PausedByDto, nullable: true })
  pausedBy!: PausedByDto | null;

  @ApiProperty({ type: ConcernedJobsDto })
  jobs!: ConcernedJobsDto;

  @ApiProperty({ type: ConcernedExecutionsDto })
  executions!: ConcernedExecutionsDto;
}
