import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { JOB_TYPES, type JobType, WORKER_ROLES, type WorkerRole } from '#contracts';
import type {
  DatabaseFigures,
  LatenessFigures,
  PoolFigures,
  ProcessFigures,
  QueueDepth,
  SystemFigures,
  ThroughputFigures,
  WorkerFigures,
} from '#monitoring';

const COUNT = { type: 'integer', minimum: 0 } as const;
const TIME = { type: 'string', format: 'date-time' } as const;
const MS = { type: 'number', nullable: true, example: 12 } as const;

export class QueueDepthDto implements QueueDepth {
  @ApiProperty({ ...COUNT, description: 'Executions handed to the queue and not begun.' })
  waiting!: number;

  @ApiProperty({ ...COUNT, description: 'Executions that run.' })
  active!: number;

  @ApiProperty({
    type: 'number',
    nullable: true,
    description: 'Milliseconds the one that has waited longest has been in the queue; null: nothing waits.',
  })
  oldestWaitMs!: number | null;
}

export class WorkerDto implements WorkerFigures {
  @ApiProperty({ format: 'uuid', description: 'New with every start of the process.' })
  id!: string;

  @ApiProperty({ example: 'worker-7d9f' })
  host!: string;

  @ApiProperty({ type: 'integer' })
  pid!: number;

  @ApiProperty({ example: '1.0.0' })
  version!: string;

  @ApiProperty({ enum: JOB_TYPES, enumName: 'JobType', isArray: true, description: 'What it runs.' })
  types!: JobType[];

  @ApiProperty({ enum: WORKER_ROLES, isArray: true })
  roles!: WorkerRole[];

  @ApiProperty({ ...COUNT, description: 'Executions of each type it runs at once.' })
  concurrency!: number;

  @ApiProperty({ ...COUNT, description: 'What it ran at its last heartbeat.' })
  running!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: COUNT,
    description: 'Executions it holds now, by each type it runs.',
    example: { http: 3, script: 0 },
  })
  runningByType!: Partial<Record<JobType, number>>;

  @ApiProperty(TIME)
  startedAt!: string;

  @ApiProperty(TIME)
  heartbeatAt!: string;

  @ApiProperty({ enum: ['alive', 'silent'], description: 'silent: no heartbeat for 20 s.' })
  state!: 'alive' | 'silent';
}

export class EndedDto {
  @ApiProperty(COUNT)
  completed!: number;

  @ApiProperty({ ...COUNT, description: 'Failed or timed out, after the last attempt.' })
  failed!: number;
}

export class ThroughputDto implements ThroughputFigures {
  @ApiProperty({ type: EndedDto })
  lastMinute!: EndedDto;

  @ApiProperty({ type: EndedDto })
  last15Minutes!: EndedDto;

  @ApiProperty({ type: 'number', description: 'Over the last minute.', example: 41.5 })
  perSecond!: number;
}

export class LatenessDto implements LatenessFigures {
  @ApiProperty({ ...MS, description: 'Milliseconds; null: nothing began in the last hour.' })
  p50!: number | null;

  @ApiProperty(MS)
  p95!: number | null;

  @ApiProperty(MS)
  p99!: number | null;
}

export class PlannerDto {
  @ApiProperty({
    type: 'number',
    description: 'How long the earliest thing that is due has waited to be dispatched, in milliseconds.',
  })
  lagMs!: number;
}

export class ProcessDto implements ProcessFigures {
  @ApiProperty({ type: 'integer' })
  pid!: number;

  @ApiProperty({ example: '1.0.0' })
  version!: string;

  @ApiProperty({ example: '24.4.0' })
  nodeVersion!: string;

  @ApiProperty({ type: 'integer' })
  uptimeMs!: number;

  @ApiProperty({ type: 'integer' })
  memoryRssBytes!: number;

  @ApiProperty({ type: 'integer' })
  heapUsedBytes!: number;

  @ApiProperty({ description: 'Since its start, user and system.' })
  cpuSeconds!: number;
}

export class PoolDto implements PoolFigures {
  @ApiProperty({ ...COUNT, description: 'Open connections.' })
  total!: number;

  @ApiProperty(COUNT)
  idle!: number;

  @ApiProperty({ ...COUNT, description: 'Statements that wait for a connection.' })
  waiting!: number;
}

export class DatabaseDto implements DatabaseFigures {
  @ApiProperty({ example: '17.2' })
  version!: string;

  @ApiProperty({ type: 'integer' })
  sizeBytes!: number;

  @ApiProperty({ ...COUNT, description: 'Client connections of the whole server.' })
  connections!: number;

  @ApiProperty({ type: 'integer' })
  maxConnections!: number;

  @ApiProperty({ type: PoolDto, description: 'Of the process that answers.' })
  pool!: PoolDto;

  @ApiProperty({ ...COUNT, description: 'As the statistics of the database have it.' })
  executionsEstimated!: number;
}

@ApiExtraModels(QueueDepthDto)
export class SystemDto implements SystemFigures {
  @ApiProperty({
    type: 'object',
    description: 'By job type, each of them. Executions, not messages: a message carries many.',
    additionalProperties: { $ref: getSchemaPath(QueueDepthDto) },
  })
  queues!: Record<JobType, QueueDepthDto>;

  @ApiProperty({ type: [WorkerDto], description: 'Those that have not ended in good order.' })
  workers!: WorkerDto[];

  @ApiProperty({ type: ThroughputDto })
  throughput!: ThroughputDto;

  @ApiProperty({
    type: LatenessDto,
    description: 'Start of the first attempt minus the moment it was due, of what was due in the last hour.',
  })
  latenessMs!: LatenessDto;

  @ApiProperty({ type: PlannerDto })
  planner!: PlannerDto;

  @ApiProperty({ type: ProcessDto, description: 'The API process that answers.' })
  process!: ProcessDto;

  @ApiProperty({ type: DatabaseDto })
  database!: DatabaseDto;
}
