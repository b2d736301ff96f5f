import { SetMetadata } from '@nestjs/common';

export const AUTH_RATE_LIMITED = 'chronos:auth-rate-limited';

/** The route checks a credential: it also counts towards AUTH_RATE_LIMIT_PER_MINUTE of its address. */
export const AuthRateLimit = (): ClassDecorator & MethodDecorator => SetMetadata(AUTH_RATE_LIMITED, true);
