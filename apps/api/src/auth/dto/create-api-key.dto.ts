import { InstantField, TextField } from '../../http/index.js';

const NAME_LENGTH = 100;

export class CreateApiKeyDto {
  @TextField({ min: 1, max: NAME_LENGTH, trim: true, example: 'deploy pipeline' })
  name!: string;

  @InstantField({
    optional: true,
    description: 'When it stops working; in the future. Left out: never.',
    example: '2030-01-31T09:00:00Z',
  })
  expiresAt?: Date;
}
