import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';

const TOKEN_LENGTH = 500;

export class RefreshDto {
  @ApiProperty({
    maxLength: TOKEN_LENGTH,
    description: 'The newest one the session got. Works once.',
    example: '01900000-0000-7000-8000-000000000001.kYx0m3vJ1r8Tq5ZbW2nLc7uHs4fDgE9aXpRiOyVwKtM',
  })
  @MaxLength(TOKEN_LENGTH, { message: 'is not a refresh token' })
  @IsString({ message: 'must be a string' })
  refreshToken!: string;
}
