export { PayloadSecrets, SECRET_MASK } from './payload-secrets.service.js';
export { isSealed } from './sealed.js';
export { SecretBox } from './secret-box.js';
export { SecretsModule } from './secrets.module.js';
