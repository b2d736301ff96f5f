import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChronosConfig } from '#config';
import { AccountService } from './accounts/account.service.js';
import { AdminBootstrap } from './accounts/admin-bootstrap.service.js';
import { LoginLockout } from './accounts/login-lockout.service.js';
import { SignInAudit } from './accounts/sign-in-audit.service.js';
import { UserService } from './accounts/user.service.js';
import { ApiKeyService } from './api-keys/api-key.service.js';
import { ApiKeyEntity } from './entities/api-key.entity.js';
import { LoginLockoutEntity } from './entities/login-lockout.entity.js';
import { SessionEntity } from './entities/session.entity.js';
import { UserEntity } from './entities/user.entity.js';
import { ApiKeyStrategy } from './guards/api-key.strategy.js';
import { JwtStrategy } from './guards/jwt.strategy.js';
import { PasswordService } from './passwords/password.service.js';
import { AccessTokens } from './sessions/access-token.service.js';
import { JWT_ALGORITHM, JWT_AUDIENCE, JWT_ISSUER, signingKey } from './sessions/jwt-options.js';
import { SessionService } from './sessions/session.service.js';

/**
 * Accounts, sessions, API keys and the strategies that turn a request into a `Principal`. The application makes `JwtAuthGuard`
 * and `RolesGuard` global, in that order.
 */
@Module({
  imports: [
    TypeOrmModule.forFeature([UserEntity, SessionEntity, LoginLockoutEntity, ApiKeyEntity]),
    JwtModule.registerAsync({
      inject: [ChronosConfig],
      useFactory: ({ auth }: ChronosConfig) => {
        const key = signingKey(auth.jwtSecret);
        return {
          secretOrKeyProvider: () => key,
          signOptions: {
            algorithm: JWT_ALGORITHM,
            issuer: JWT_ISSUER,
            audience: JWT_AUDIENCE,
            expiresIn: Math.ceil(auth.accessTokenTtlMs / 1_000),
          },
          verifyOptions: { algorithms: [JWT_ALGORITHM], issuer: JWT_ISSUER, audience: JWT_AUDIENCE },
        };
      },
    }),
  ],
  providers: [
    AccessTokens,
    AccountService,
    AdminBootstrap,
    ApiKeyService,
    ApiKeyStrategy,
    JwtStrategy,
    LoginLockout,
    PasswordService,
    SessionService,
    SignInAudit,
    UserService,
  ],
  exports: [
    AccessTokens,
    AccountService,
    AdminBootstrap,
    ApiKeyService,
    ApiKeyStrategy,
    JwtStrategy,
    SessionService,
    UserService,
  ],
})
export class AuthModule {}
