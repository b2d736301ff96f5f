import { ApiProperty } from '@nestjs/swagger';
import type { ManagedUserView } from '#auth';
import { UserDto } from '../../auth/dto/user.dto.js';

export class ManagedUserDto extends UserDto implements ManagedUserView {
  @ApiProperty({ description: 'False: suspended. Cannot sign in, and no token or API key works.' })
  active!: boolean;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Until then no sign-in is tried, after too many that failed. Null: not locked.',
  })
  lockedUntil!: Date | null;

  @ApiProperty({ type: 'string', format: 'date-time' })
  updatedAt!: Date;
}
