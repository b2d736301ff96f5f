import { type Role, ROLES } from '#auth';
import { ChoiceField, PageQueryDto, TextField } from '../../http/index.js';

const YES_OR_NO = ['true', 'false'] as const;

export class UsersQueryDto extends PageQueryDto {
  @TextField({ optional: true, max: 200, description: 'Part of the name or e-mail address, in any case.' })
  search?: string;

  @ChoiceField(ROLES, { optional: true, enumName: 'Role' })
  role?: Role;

  @ChoiceField(YES_OR_NO, {
    optional: true,
    enumName: 'UserActive',
    description: 'Those that can sign in, or those that are suspended.',
  })
  active?: (typeof YES_OR_NO)[number];
}
