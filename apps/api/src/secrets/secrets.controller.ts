import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type Principal } from '#auth';
import { NamedSecrets, type NamedSecretView } from '#secrets';
import { ApiEnvelope, ApiErrors } from '../http/index.js';
import { DeleteSecretQueryDto } from './dto/delete-secret-query.dto.js';
import { SecretDto } from './dto/secret.dto.js';
import { ChangeSecretDto, CreateSecretDto } from './dto/secret-input.dto.js';

const ApiName = () => ApiParam({ name: 'name', type: 'string', example: 'BILLING_TOKEN' });

@ApiTags('Secrets')
@ApiBearerAuth()
@Controller('secrets')
export class SecretsController {
  constructor(private readonly secrets: NamedSecrets) {}

  @Post()
  @ApiOperation({
    summary: 'Keep a secret under a name',
    description:
      'For the payloads of your jobs, as `{{ secrets.NAME }}` in any text. Encrypted at rest, opened only by the worker that runs the job, kept out of logs, results and errors. At most 200 an account.',
  })
  @ApiEnvelope(SecretDto, { status: 201, description: 'The secret, without its value.' })
  @ApiErrors('SECRET_EXISTS', 'INVALID_STATE')
  create(@CurrentUser() { id }: Principal, @Body() input: CreateSecretDto): Promise<NamedSecretView> {
    return this.secrets.create(id, input);
  }

  @Get()
  @ApiOperation({ summary: 'Your secrets, by name', description: 'All of them, without their values.' })
  @ApiEnvelope([SecretDto], { description: 'The secrets.' })
  list(@CurrentUser() { id }: Principal): Promise<NamedSecretView[]> {
    return this.secrets.list(id);
  }

  @Get(':name')
  @ApiName()
  @ApiOperation({ summary: 'One secret', description: 'Without its value.' })
  @ApiEnvelope(SecretDto, { description: 'The secret.' })
  @ApiErrors('NOT_FOUND')
  get(@CurrentUser() { id }: Principal, @Param('name') name: string): Promise<NamedSecretView> {
    return this.secrets.get(id, name);
  }

  @Patch(':name')
  @ApiName()
  @ApiOperation({
    summary: 'Replace the value of a secret, or what is said of it',
    description: 'Attempts that begin from now on have the new value; jobs need not be touched.',
  })
  @ApiEnvelope(SecretDto, { description: 'The secret as it is now.' })
  @ApiErrors('NOT_FOUND')
  change(
    @CurrentUser() { id }: Principal,
    @Param('name') name: string,
    @Body() change: ChangeSecretDto,
  ): Promise<NamedSecretView> {
    return this.secrets.update(id, name, change);
  }

  @Delete(':name')
  @HttpCode(204)
  @ApiName()
  @ApiOperation({
    summary: 'Delete a secret',
    description:
      'Refused while jobs use it, unless `force` is true: attempts of theirs then fail with `SECRET_MISSING` and are not retried.',
  })
  @ApiNoContentResponse({ description: 'The secret is gone.' })
  @ApiErrors('VALIDATION_FAILED', 'NOT_FOUND', 'SECRET_IN_USE')
  async delete(
    @CurrentUser() { id }: Principal,
    @Param('name') name: string,
    @Query() { force }: DeleteSecretQueryDto,
  ): Promise<void> {
    await this.secrets.delete(id, name, { force: force === 'true' });
  }
}
