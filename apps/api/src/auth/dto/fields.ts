import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsEmail,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateBy,
  type ValidationArguments,
} from 'class-validator';
import { passwordFault } from '#auth';
import { TextField } from '../../http/index.js';

const EMAIL_LENGTH = 254;
const NAME_LENGTH = 200;
/** Of a password that is only compared. Longer ones cannot be anybody's. */
const GIVEN_PASSWORD_LENGTH = 1_000;

/** An e-mail address: ASCII (international domains as `xn--`), compared without regard to case. */
export function EmailField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ format: 'email', maxLength: EMAIL_LENGTH, example: 'user@example.com' }),
    IsEmail({}, { message: 'must be an e-mail address, e.g. "user@example.com"' }),
    Matches(/^[\x21-\x7e]*$/, { message: 'must be ASCII; write an international domain as "xn--..."' }),
    MaxLength(EMAIL_LENGTH, { message: `must have at most ${EMAIL_LENGTH} characters` }),
    IsString({ message: 'must be a string' }),
    trimmed(),
  );
}

/** What a person is called. */
export function NameField(): PropertyDecorator {
  return TextField({ min: 1, max: NAME_LENGTH, trim: true, example: 'John Doe' });
}

/** A password somebody chooses. */
export function NewPasswordField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      format: 'password',
      description: '8 to 72 bytes in UTF-8, with a lower-case letter, an upper-case letter and a digit.',
      example: 'SecurePass123',
    }),
    ValidateBy({
      name: 'isAcceptablePassword',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && passwordFault(value) === undefined,
        defaultMessage: (args?: ValidationArguments) => passwordFault(String(args?.value)) ?? '',
      },
    }),
    IsString({ message: 'must be a string' }),
  );
}

/** A password somebody claims to know. */
export function GivenPasswordField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ format: 'password', maxLength: GIVEN_PASSWORD_LENGTH, example: 'SecurePass123' }),
    MaxLength(GIVEN_PASSWORD_LENGTH, { message: `must have at most ${GIVEN_PASSWORD_LENGTH} characters` }),
    MinLength(1, { message: 'must not be empty' }),
    IsString({ message: 'must be a string' }),
  );
}

function trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}
