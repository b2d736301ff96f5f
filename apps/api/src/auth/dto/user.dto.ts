import { ApiProperty } from '@nestjs/swagger';
import { type Role, ROLES, type UserView } from '#auth';

export class UserDto implements UserView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'email', example: 'user@example.com' })
  email!: string;

  @ApiProperty({ example: 'John Doe' })
  name!: string;

  @ApiProperty({ enum: ROLES, enumName: 'Role' })
  role!: Role;

  @ApiProperty({ type: 'string', format: 'date-time' })
  createdAt!: Date;
}
