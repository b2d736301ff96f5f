import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { AdminBootstrap, AuthModule } from '#auth';
import { ApiKeysController } from './api-keys.controller.js';
import { AuthController } from './auth.controller.js';

@Module({ imports: [AuthModule], controllers: [AuthController, ApiKeysController] })
export class AuthApiModule implements OnApplicationBootstrap {
  constructor(private readonly admin: AdminBootstrap) {}

  /** Before the first request, so that nobody can register under the admin's address first. */
  async onApplicationBootstrap(): Promise<void> {
    await this.admin.ensureAdmin();
  }
}
