import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiKeyService,
  type ApiKeyView,
  type CreatedApiKey,
  CurrentUser,
  type Principal,
  SessionOnly,
} from '#auth';
import { ApiEnvelope, ApiErrors, ParseIdPipe } from '../http/index.js';
import { ApiKeyDto, CreatedApiKeyDto } from './dto/api-key.dto.js';
import { CreateApiKeyDto } from './dto/create-api-key.dto.js';

@ApiTags('Auth')
@ApiBearerAuth()
@Controller('auth/api-keys')
@SessionOnly()
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeyService) {}

  @Post()
  @ApiOperation({
    summary: 'Make an API key',
    description:
      'The key works wherever an access token does and acts for you, in your role, except to manage API keys, to change the password and to sign out. It is shown once. At most 50 an account. Not with an API key.',
  })
  @ApiEnvelope(CreatedApiKeyDto, { status: 201, description: 'The key, for the only time.' })
  @ApiErrors('FORBIDDEN', 'INVALID_STATE')
  create(@CurrentUser() { id }: Principal, @Body() input: CreateApiKeyDto): Promise<CreatedApiKey> {
    return this.apiKeys.create(id, input);
  }

  @Get()
  @ApiOperation({
    summary: 'Your API keys, newest first',
    description: 'Expired ones included. Not with an API key.',
  })
  @ApiEnvelope([ApiKeyDto], { description: 'All of them, without the keys themselves.' })
  @ApiErrors('FORBIDDEN')
  list(@CurrentUser() { id }: Principal): Promise<ApiKeyView[]> {
    return this.apiKeys.list(id);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete an API key',
    description: 'It stops working at once. Not with an API key.',
  })
  @ApiNoContentResponse({ description: 'The key is gone.' })
  @ApiErrors('VALIDATION_FAILED', 'FORBIDDEN', 'NOT_FOUND')
  async delete(@CurrentUser() principal: Principal, @Param('id', ParseIdPipe) id: string): Promise<void> {
    await this.apiKeys.delete(principal.id, id);
  }
}
