import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type ThrottlerStorage, ThrottlerStorageService } from '@nestjs/throttler';
import { Redis } from 'ioredis';
import { ChronosConfig } from '#config';

type Hits = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** What a request waits for Redis at most before it is counted here instead. */
const COMMAND_TIMEOUT_MS = 500;
/** After a failure Redis is left alone this long, so that not every request waits in vain. */
const REST_MS = 1_000;

/**
 * Counts requests in windows that begin with the first of them. Where the queue is on Redis the counts are too, so
 * that all API processes share them; elsewhere, and while Redis is away, each process counts for itself: limits are then
 * looser by the number of processes, but nobody is locked out.
 */
@Injectable()
export class RateLimitStorage implements ThrottlerStorage, OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger(RateLimitStorage.name);
  readonly #local = new ThrottlerStorageService();
  readonly #redis: Redis | undefined;
  readonly #prefix: string;
  #restsUntil = 0;

  constructor({ queue }: ChronosConfig) {
    this.#prefix = queue.prefix;
    if (queue.backend !== 'redis') return;
    this.#redis = new Redis(queue.redisUrl, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 2_000,
      commandTimeout: COMMAND_TIMEOUT_MS,
      retryStrategy: (times) => Math.min(times * 100, 2_000),
    });
    // Told when a request meets it; without a listener it would end the process.
    this.#redis.on('error', () => undefined);
  }

  async onModuleInit(): Promise<void> {
    // Called once per module that holds this instance, the throttler's own included.
    if (this.#redis?.status !== 'wait') return;
    await this.#redis.connect().catch((error: unknown) => this.#rest(error));
  }

  onModuleDestroy(): void {
    this.#redis?.disconnect();
    this.#local.onApplicationShutdown();
  }

  async increment(
    key: string,
    ttl: number,
    limit: number,
    blockDuration: number,
    throttlerName: string,
  ): Promise<Hits> {
    if (this.#redis && performance.now() >= this.#restsUntil) {
      try {
        return await this.#countShared(this.#redis, key, ttl, limit);
      } catch (error) {
        this.#rest(error);
      }
    }
    return this.#local.increment(key, ttl, limit, blockDuration, throttlerName);
  }

  async #countShared(redis: Redis, key: string, ttl: number, limit: number): Promise<Hits> {
    const [totalHits, leftMs] = (await redis.eval(COUNT, 1, `${this.#prefix}:rate:${key}`, ttl)) as [
      number,
      number,
    ];
    const seconds = Math.ceil(leftMs / 1_000);
    const isBlocked = totalHits > limit;
    return { totalHits, timeToExpire: seconds, isBlocked, timeToBlockExpire: isBlocked ? seconds : 0 };
  }

  #rest(error: unknown): void {
    if (performance.now() - this.#restsUntil > REST_MS) {
      this.#logger.warn(`Redis is away; this process counts requests for itself: ${String(error)}`);
    }
    this.#restsUntil = performance.now() + REST_MS;
  }
}

/** One step, so that a process that dies in between leaves no count without an end. */
const COUNT = `
  local hits = redis.call('INCR', KEYS[1])
  local left = redis.call('PTTL', KEYS[1])
  if left < 0 then
    redis.call('PEXPIRE', KEYS[1], ARGV[1])
    left = tonumber(ARGV[1])
  end
  return { hits, left }`;
