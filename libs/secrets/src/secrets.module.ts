import { Module } from '@nestjs/common';
import { NamedSecrets } from './named-secrets.service.js';
import { PayloadSecrets } from './payload-secrets.service.js';

@Module({ providers: [NamedSecrets, PayloadSecrets], exports: [NamedSecrets, PayloadSecrets] })
export class SecretsModule {}
