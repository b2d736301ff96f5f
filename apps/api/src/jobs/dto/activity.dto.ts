import { ApiProperty } from '@nestjs/swagger';
import { EXECUTION_STATUSES, type ExecutionStatus } from '#contracts';
import { type JobActivity, type JobStats, RECENT_RUNS, type RecentRun, type RunFigures } from '#jobs';
import { IsQueryInt, QueryIdsField } from '../../http/index.js';

const MAX_JOBS = 100;
const MAX_DAYS = 90;
const MS = { type: 'integer', nullable: true } as const;

export class ActivityQueryDto {
  @QueryIdsField(MAX_JOBS, {
    description: 'Ids of jobs. Those that are not there, or not yours, are left out.',
  })
  ids!: string[];
}

export class RecentRunDto implements RecentRun {
  @ApiProperty({ format: 'uuid' })
  executionId!: string;

  @ApiProperty({ format: 'date-time' })
  scheduledFor!: string;

  @ApiProperty({ enum: EXECUTION_STATUSES, enumName: 'ExecutionStatus' })
  status!: ExecutionStatus;

  @ApiProperty({ ...MS, example: 184 })
  durationMs!: number | null;

  @ApiProperty({ ...MS, example: 4 })
  latenessMs!: number | null;
}

export class JobActivityDto implements JobActivity {
  @ApiProperty({ format: 'uuid' })
  jobId!: string;

  @ApiProperty({ type: [RecentRunDto], description: `The latest ${RECENT_RUNS} executions, oldest first.` })
  recent!: RecentRunDto[];

  @ApiProperty({ ...MS, description: 'The median of those that completed.', example: 184 })
  p50DurationMs!: number | null;
}

export class JobStatsQueryDto {
  @IsQueryInt({ min: 1, max: MAX_DAYS })
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_DAYS, default: 30, required: false })
  days: number = 30;
}

export class RunFiguresDto implements RunFigures {
  @ApiProperty({ type: 'integer' })
  completed!: number;

  @ApiProperty({ type: 'integer', description: 'Or timed out.' })
  failed!: number;

  @ApiProperty({ type: 'integer' })
  skipped!: number;

  @ApiProperty({ type: 'integer' })
  missed!: number;

  @ApiProperty({ ...MS, description: 'Of those that completed, as the others.' })
  p50DurationMs!: number | null;

  @ApiProperty(MS)
  p95DurationMs!: number | null;

  @ApiProperty(MS)
  maxDurationMs!: number | null;

  @ApiProperty({ ...MS, description: 'How much later than due they began.' })
  p95LatenessMs!: number | null;
}

export class DayStatsDto extends RunFiguresDto {
  @ApiProperty({ format: 'date', description: "In the job's zone.", example: '2030-01-31' })
  date!: string;
}

export class JobStatsDto implements JobStats {
  @ApiProperty({ type: RunFiguresDto })
  total!: RunFiguresDto;

  @ApiProperty({
    type: [DayStatsDto],
    description: 'Oldest first; days on which nothing was due are left out.',
  })
  days!: DayStatsDto[];
}
