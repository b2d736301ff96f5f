export { NamedSecretEntity } from './named-secret.entity.js';
export { NamedSecrets, type NamedSecretView, SECRET_NAME } from './named-secrets.service.js';
export { PayloadSecrets } from './payload-secrets.service.js';
export { Redactor } from './redactor.js';
export { isSealed } from './sealed.js';
export { type RotationReport, rotateSecrets } from './rotate-secrets.js';
export { SecretBox } from './secret-box.js';
export { SecretsModule } from './secrets.module.js';
