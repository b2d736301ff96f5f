import { EmailField, GivenPasswordField } from './fields.js';

export class LoginDto {
  @EmailField()
  email!: string;

  @GivenPasswordField()
  password!: string;
}
