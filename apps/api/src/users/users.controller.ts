import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ManagedUserView, Roles, UserService } from '#auth';
import {
  ApiEnvelope,
  ApiErrors,
  ApiPage,
  decodeCursor,
  encodeCursor,
  Page,
  ParseIdPipe,
} from '../http/index.js';
import { AdministerUserDto } from './dto/administer-user.dto.js';
import { ManagedUserDto } from './dto/managed-user.dto.js';
import { UsersQueryDto } from './dto/users-query.dto.js';

@ApiTags('Users')
@ApiBearerAuth()
@Controller('users')
@Roles('admin')
export class UsersController {
  constructor(private readonly users: UserService) {}

  @Get()
  @ApiOperation({ summary: 'All accounts, newest first', description: 'Admins only.' })
  @ApiPage(ManagedUserDto, { description: 'A page of accounts.' })
  @ApiErrors('VALIDATION_FAILED', 'FORBIDDEN')
  async list(@Query() query: UsersQueryDto): Promise<Page<ManagedUserView>> {
    const { page, limit, cursor, active, ...filter } = query;
    const before = cursor === undefined ? undefined : userIdOf(cursor);
    const { items, total, nextId } = await this.users.list({
      ...filter,
      ...(active !== undefined && { active: active === 'true' }),
      offset: (page - 1) * limit,
      limit,
      before,
    });
    return Page.of(query, { items, total, nextCursor: nextId && encodeCursor([nextId]) });
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change the role of an account, suspend it, or unlock it',
    description:
      'Admins only. Both hold with the next request of that user. The last active admin stays one.',
  })
  @ApiEnvelope(ManagedUserDto, { description: 'The account as it is now.' })
  @ApiErrors('FORBIDDEN', 'NOT_FOUND', 'INVALID_STATE')
  administer(
    @Param('id', ParseIdPipe) id: string,
    @Body() change: AdministerUserDto,
  ): Promise<ManagedUserView> {
    return this.users.administer(id, change);
  }
}

function userIdOf(cursor: string): string {
  const [id] = decodeCursor(cursor, 1);
  return new ParseIdPipe().transform(id, { type: 'query', data: 'cursor' });
}
