import { Body, Controller, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AccountService,
  type ClientInfo,
  CurrentUser,
  type Principal,
  Public,
  SessionOnly,
  SessionService,
  type SignedIn,
  type TokenPair,
  UserService,
  type UserView,
} from '#auth';
import { ChronosConfig } from '#config';
import { AuthRateLimit } from '../guards/auth-rate-limit.decorator.js';
import { ApiEnvelope, ApiErrors } from '../http/index.js';
import { Client } from './client.decorator.js';
import { ChangePasswordDto } from './dto/change-password.dto.js';
import { LoginDto } from './dto/login.dto.js';
import { RefreshDto } from './dto/refresh.dto.js';
import { RegisterDto } from './dto/register.dto.js';
import { SignInOptionsDto } from './dto/sign-in-options.dto.js';
import { SignedInDto, TokenPairDto } from './dto/signed-in.dto.js';
import { UpdateMeDto } from './dto/update-me.dto.js';
import { UserDto } from './dto/user.dto.js';

@ApiTags('Auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly accounts: AccountService,
    private readonly sessions: SessionService,
    private readonly users: UserService,
    private readonly config: ChronosConfig,
  ) {}

  @Get('options')
  @Public()
  @ApiOperation({ summary: 'What a page to sign in on offers' })
  @ApiEnvelope(SignInOptionsDto, { description: 'What this installation allows.' })
  options(): SignInOptionsDto {
    return { registration: this.config.auth.allowRegistration };
  }

  @Post('register')
  @Public()
  @AuthRateLimit()
  @ApiOperation({ summary: 'Make an account and sign in' })
  @ApiEnvelope(SignedInDto, { status: 201, description: 'The account, signed in.' })
  @ApiErrors('EMAIL_TAKEN', 'REGISTRATION_CLOSED')
  register(@Body() input: RegisterDto, @Client() client: ClientInfo): Promise<SignedIn> {
    return this.accounts.register(input, client);
  }

  @Post('login')
  @HttpCode(200)
  @Public()
  @AuthRateLimit()
  @ApiOperation({
    summary: 'Sign in',
    description:
      'An unknown address and a wrong password answer alike and take the same time. From the fifth failure in a row on, each locks the address: for 1, 2, 4, 8, then 15 minutes.',
  })
  @ApiEnvelope(SignedInDto, { description: 'A new session.' })
  @ApiErrors('INVALID_CREDENTIALS', 'ACCOUNT_DISABLED', 'ACCOUNT_LOCKED')
  login(@Body() input: LoginDto, @Client() client: ClientInfo): Promise<SignedIn> {
    return this.accounts.login(input, client);
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @AuthRateLimit()
  @ApiOperation({
    summary: 'Trade a refresh token for new tokens',
    description:
      'Works once for each refresh token. One that was traded in before ends the whole session. Of two requests that trade in the same token at the same time one wins; the other gets 401, and the session lives on with the tokens the winner got.',
  })
  @ApiEnvelope(TokenPairDto, { description: 'The tokens that replace the ones before.' })
  @ApiErrors('INVALID_REFRESH_TOKEN')
  refresh(@Body() { refreshToken }: RefreshDto, @Client() client: ClientInfo): Promise<TokenPair> {
    return this.sessions.refresh(refreshToken, client);
  }

  @Post('logout')
  @HttpCode(204)
  @SessionOnly()
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Sign out',
    description:
      'Every token of the session stops working at once. Not with an API key: delete that instead.',
  })
  @ApiNoContentResponse({ description: 'The session has ended.' })
  @ApiErrors('FORBIDDEN')
  async logout(@CurrentUser() principal: Principal): Promise<void> {
    if (principal.sessionId !== undefined) await this.sessions.revoke(principal.sessionId, 'logout');
  }

  @Post('logout-everywhere')
  @HttpCode(204)
  @SessionOnly()
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Sign out everywhere',
    description:
      'Every token of every session of the user stops working at once, those of this one too. API keys live on. Not with an API key.',
  })
  @ApiNoContentResponse({ description: 'All sessions have ended.' })
  @ApiErrors('FORBIDDEN')
  async logoutEverywhere(@CurrentUser() principal: Principal): Promise<void> {
    await this.sessions.revokeEverywhere(principal.id);
  }

  @Get('me')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'The signed-in user' })
  @ApiEnvelope(UserDto, { description: 'The user.' })
  me(@CurrentUser() principal: Principal): Promise<UserView> {
    return this.users.get(principal.id);
  }

  @Patch('me')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Change own details' })
  @ApiEnvelope(UserDto, { description: 'The user as it is now.' })
  updateMe(@CurrentUser() principal: Principal, @Body() { name }: UpdateMeDto): Promise<UserView> {
    return name === undefined ? this.users.get(principal.id) : this.users.rename(principal.id, name);
  }

  @Post('change-password')
  @HttpCode(204)
  @SessionOnly()
  @AuthRateLimit()
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Change the password',
    description: 'Every other session of the user ends at once; API keys live on. Not with an API key.',
  })
  @ApiNoContentResponse({ description: 'The new password is in force.' })
  @ApiErrors('ACCOUNT_LOCKED', 'INVALID_STATE', 'FORBIDDEN')
  async changePassword(@CurrentUser() principal: Principal, @Body() input: ChangePasswordDto): Promise<void> {
    await this.accounts.changePassword(principal, input);
  }
}
