import { GivenPasswordField, NewPasswordField } from './fields.js';

export class ChangePasswordDto {
  @GivenPasswordField()
  currentPassword!: string;

  @NewPasswordField()
  newPassword!: string;
}
