import { ApiProperty } from '@nestjs/swagger';
import {
  CHAIN_CONDITIONS,
  type ChainCondition,
  EXECUTION_STATUSES,
  type ExecutionStatus,
  JOB_STATUSES,
  JOB_TYPES,
  type JobStatus,
  type JobType,
  SCHEDULE_TYPES,
  type ScheduleType,
} from '#contracts';
import type { ChainEdgeView, ChainJob, ChainView } from '#jobs';

const TIME = { type: 'string', format: 'date-time' } as const;

export class ChainJobDto implements ChainJob {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Load the warehouse' })
  name!: string;

  @ApiProperty({ enum: JOB_TYPES, enumName: 'JobType' })
  type!: JobType;

  @ApiProperty({ enum: SCHEDULE_TYPES, enumName: 'ScheduleType' })
  scheduleType!: ScheduleType;

  @ApiProperty({ enum: JOB_STATUSES, enumName: 'JobStatus' })
  status!: JobStatus;

  @ApiProperty({ ...TIME, nullable: true, description: 'Null: nothing to come, paused, or chained.' })
  nextRunAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true, description: 'Start of the newest execution.' })
  lastRunAt!: string | null;

  @ApiProperty({ enum: EXECUTION_STATUSES, enumName: 'ExecutionStatus', nullable: true })
  lastStatus!: ExecutionStatus | null;
}

export class ChainEdgeDto implements ChainEdgeView {
  @ApiProperty({ format: 'uuid' })
  parentId!: string;

  @ApiProperty({ format: 'uuid', description: 'Runs after the parent.' })
  childId!: string;

  @ApiProperty({ enum: CHAIN_CONDITIONS, enumName: 'ChainCondition' })
  on!: ChainCondition;
}

export class ChainDto implements ChainView {
  @ApiProperty({ type: [ChainJobDto], description: 'The job itself first, the others by name.' })
  jobs!: ChainJobDto[];

  @ApiProperty({ type: [ChainEdgeDto], description: 'Which of them runs after which.' })
  links!: ChainEdgeDto[];

  @ApiProperty({ description: 'There are more jobs than the 500 told here.', example: false })
  isTruncated!: boolean;
}
