import { Module } from '@nestjs/common';
import { SecretsModule } from '#secrets';
import { SecretsController } from './secrets.controller.js';

@Module({ imports: [SecretsModule], controllers: [SecretsController] })
export class SecretsApiModule {}
