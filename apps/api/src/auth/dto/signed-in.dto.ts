import { ApiProperty } from '@nestjs/swagger';
import type { SignedIn, TokenPair } from '#auth';
import { UserDto } from './user.dto.js';

export class TokenPairDto implements TokenPair {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer <token>`. Dies with its session.' })
  accessToken!: string;

  @ApiProperty({ description: 'Trade it in once at `POST /auth/refresh`.' })
  refreshToken!: string;
}

export class SignedInDto extends TokenPairDto implements SignedIn {
  @ApiProperty({ type: UserDto })
  user!: UserDto;
}
