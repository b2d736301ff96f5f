import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AuthModule, JwtAuthGuard, RolesGuard } from '#auth';
import { ChronosConfig } from '#config';
import { AUTH_LIMIT, RateLimitGuard } from './rate-limit.guard.js';
import { RateLimitStorage } from './rate-limit-storage.service.js';

const MINUTE_MS = 60_000;

@Module({ providers: [RateLimitStorage], exports: [RateLimitStorage] })
class RateLimitStorageModule {}

/** What stands before every route, in this order: how often, who, and in which role. */
@Module({
  imports: [
    AuthModule,
    ThrottlerModule.forRootAsync({
      imports: [RateLimitStorageModule],
      inject: [ChronosConfig, RateLimitStorage],
      useFactory: ({ auth }: ChronosConfig, storage: RateLimitStorage) => ({
        storage,
        throttlers: [
          { name: 'default', ttl: MINUTE_MS, blockDuration: 0, limit: auth.rateLimitPerMinute },
          { name: AUTH_LIMIT, ttl: MINUTE_MS, blockDuration: 0, limit: auth.authRateLimitPerMinute },
        ],
      }),
    }),
  ],
  providers: [
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: JwtAuthGuard },
    { provide: APP_GUARD, useClass: RolesGuard },
  ],
})
export class GuardsModule {}
