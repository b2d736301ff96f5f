import { ApiProperty } from '@nestjs/swagger';

export class SignInOptionsDto {
  @ApiProperty({ description: 'May anybody register? `ALLOW_REGISTRATION`.', example: true })
  registration!: boolean;
}
