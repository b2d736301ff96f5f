import { ApiProperty } from '@nestjs/swagger';

export const HEALTH_STATUSES = ['healthy', 'degraded', 'unhealthy'] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

export const DEPENDENCY_STATES = ['up', 'down'] as const;
export type DependencyState = (typeof DEPENDENCY_STATES)[number];

/** The state of the service for people and status pages; orchestrators ask the probes. */
export class HealthDto {
  @ApiProperty({
    enum: HEALTH_STATUSES,
    description:
      'degraded: the queue is away; what is due is kept and runs once it is back. unhealthy: PostgreSQL is away.',
  })
  status!: HealthStatus;

  @ApiProperty({ enum: DEPENDENCY_STATES })
  database!: DependencyState;

  @ApiProperty({
    enum: [...DEPENDENCY_STATES, 'disabled'],
    description: 'disabled: PostgreSQL is the queue.',
  })
  redis!: DependencyState | 'disabled';

  @ApiProperty({ enum: DEPENDENCY_STATES })
  queue!: DependencyState;

  @ApiProperty({
    nullable: true,
    type: 'boolean',
    description: 'An administrator has paused everything: nothing starts. Null where PostgreSQL is away.',
  })
  paused!: boolean | null;

  @ApiProperty({ type: 'integer', description: 'Of the process that answers, in milliseconds.' })
  uptime!: number;

  @ApiProperty({ example: '1.0.0' })
  version!: string;
}
