import { ApiPropertyOptional } from '@nestjs/swagger';
import { Equals, IsBoolean, IsIn } from 'class-validator';
import { type Role, ROLES } from '#auth';
import { OptionalField } from '../../http/index.js';

export class AdministerUserDto {
  @ApiPropertyOptional({ enum: ROLES, enumName: 'Role' })
  @OptionalField()
  @IsIn(ROLES, { message: `must be one of ${ROLES.join(', ')}` })
  role?: Role;

  @ApiPropertyOptional({
    description: 'False suspends the account, ends its sessions and deletes its API keys.',
  })
  @OptionalField()
  @IsBoolean({ message: 'must be true or false' })
  active?: boolean;

  @ApiPropertyOptional({
    type: 'boolean',
    enum: [false],
    description: 'False forgets the failed sign-ins that locked it: it can be signed in to at once.',
  })
  @OptionalField()
  @Equals(false, { message: 'must be false; failed sign-ins lock an account, nobody does' })
  locked?: false;
}
