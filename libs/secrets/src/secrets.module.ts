import { Module } from '@nestjs/common';
import { PayloadSecrets } from './payload-secrets.service.js';

@Module({ providers: [PayloadSecrets], exports: [PayloadSecrets] })
export class SecretsModule {}
