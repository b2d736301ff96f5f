import { EmailField, NameField, NewPasswordField } from './fields.js';

export class RegisterDto {
  @EmailField()
  email!: string;

  @NewPasswordField()
  password!: string;

  @NameField()
  name!: string;
}
