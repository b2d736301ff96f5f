import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  getOptionsToken,
  getStorageToken,
  ThrottlerGuard,
  type ThrottlerModuleOptions,
  type ThrottlerRequest,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokens, ApiKeyService } from '#auth';
import { ChronosError } from '#contracts';
import { AUTH_RATE_LIMITED } from './auth-rate-limit.decorator.js';

/** Requests a minute of one address to the routes that check credentials. */
export const AUTH_LIMIT = 'auth';

/**
 * Counts requests before anything else is asked: by user where the token is well signed, or is an API key that worked
 * here before (the database is not asked whether it still holds), else by address. The routes that check credentials count by address as well. Answers
 * carry `RateLimit-Limit`, `-Remaining` and `-Reset` (seconds) of the limit that is nearest to its end.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  constructor(
    @Inject(getOptionsToken()) options: ThrottlerModuleOptions,
    @Inject(getStorageToken()) storage: ThrottlerStorage,
    reflector: Reflector,
    private readonly tokens: AccessTokens,
    private readonly apiKeys: ApiKeyService,
  ) {
    super(options, storage, reflector);
  }

  protected override async handleRequest(rule: ThrottlerRequest): Promise<boolean> {
    const { context, limit, ttl, blockDuration, throttler } = rule;
    const name = throttler.name ?? 'default';
    const isAuthRule = name === AUTH_LIMIT;
    if (isAuthRule && !this.isAuthRoute(context)) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const address = `address:${await this.getTracker(request)}`;
    const who = isAuthRule ? address : (this.userOf(request) ?? address);
    const key = createHash('sha256').update(`${name}:${who}`).digest('base64url');
    const hits = await this.storageService.increment(key, ttl, limit, blockDuration, name);
    if (hits.isBlocked) {
      const seconds = Math.max(1, hits.timeToBlockExpire);
      throw new ChronosError('RATE_LIMITED', `Too many requests. Try again in ${seconds} s.`, {
        retryable: true,
        retryAfterMs: seconds * 1_000,
      });
    }
    announce(http.getResponse<FastifyReply>(), limit, limit - hits.totalHits, hits.timeToExpire);
    return true;
  }

  private isAuthRoute(context: ThrottlerRequest['context']): boolean {
    const targets = [context.getHandler(), context.getClass()];
    return this.reflector.getAllAndOverride<boolean | undefined>(AUTH_RATE_LIMITED, targets) ?? false;
  }

  private userOf({ headers }: FastifyRequest): string | undefined {
    const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) return undefined;
    const userId = this.apiKeys.ownerOf(token) ?? this.tokens.read(token)?.sub;
    return userId && `user:${userId}`;
  }
}

function announce(reply: FastifyReply, limit: number, remaining: number, resetSeconds: number): void {
  const before = reply.getHeader('ratelimit-remaining');
  if (before !== undefined && Number(before) <= remaining) return;
  void reply.headers({
    'ratelimit-limit': limit,
    'ratelimit-remaining': Math.max(0, remaining),
    'ratelimit-reset': resetSeconds,
  });
}
