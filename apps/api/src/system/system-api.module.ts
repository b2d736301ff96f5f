import { Module } from '@nestjs/common';
import { JobsModule } from '#jobs';
import { SystemController } from './system.controller.js';

@Module({ imports: [JobsModule], controllers: [SystemController] })
export class SystemApiModule {}
