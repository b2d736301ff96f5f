import { OptionalField } from '../../http/index.js';
import { NameField } from './fields.js';

export class UpdateMeDto {
  @NameField()
  @OptionalField()
  name?: string;
}
