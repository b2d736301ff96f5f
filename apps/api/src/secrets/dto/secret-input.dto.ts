import { SECRET_NAME } from '#secrets';
import { TextField } from '../../http/index.js';

/** What is shorter could not be kept out of logs without blacking out ordinary words. */
const MIN_LENGTH = 4;
/** A certificate chain with its key fits. */
const MAX_LENGTH = 32_768;

const VALUE = {
  min: MIN_LENGTH,
  max: MAX_LENGTH,
  description: 'Write-only: no answer ever holds it.',
  example: 'sk_live_51H8xW2eZ',
};
const DESCRIPTION = {
  optional: true,
  nullable: true,
  max: 500,
  description: 'For people.',
  example: 'Token of the billing API, renewed every January',
};

export class CreateSecretDto {
  @TextField({
    min: 1,
    max: 64,
    faultOf: nameFault,
    description:
      'A letter or underscore, then letters, digits and underscores. Payloads use it as `{{ secrets.NAME }}`.',
    example: 'BILLING_TOKEN',
  })
  name!: string;

  @TextField(VALUE)
  value!: string;

  @TextField(DESCRIPTION)
  description?: string | null;
}

export class ChangeSecretDto {
  @TextField({ ...VALUE, optional: true })
  value?: string;

  @TextField(DESCRIPTION)
  description?: string | null;
}

function nameFault(name: string): string | undefined {
  return SECRET_NAME.test(name)
    ? undefined
    : 'must be a letter or underscore, then letters, digits and underscores, e.g. "BILLING_TOKEN"';
}
