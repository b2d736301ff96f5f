import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';

const TOKEN_LENGTH = 500;

export class RefreshDto {
  @ApiProperty({ maxLength: TOKEN_LENGTH, description: 'The newest one the session got. Works once.' })
  @MaxLength(TOKEN_LENGTH, { message: 'is not a refresh token' })
  @IsString({ message: 'must be a string' })
  refreshToken!: string;
}
