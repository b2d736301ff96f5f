export const ROLES = ['user', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who makes a request. Read from the database for each, so a change of role or name holds at once. */
interface Identity {
  id: string;
  email: string;
  name: string;
  role: Role;
}

/** Somebody, and what they showed: an access token of a session, or an API key. */
export type Principal = Identity &
  ({ sessionId: string; apiKeyId?: undefined } | { sessionId?: undefined; apiKeyId: string });

/** The id of the session or API key that a principal showed. */
export function credentialIdOf(principal: Principal): string {
  return principal.sessionId ?? principal.apiKeyId;
}

/**
 * Whose rows a principal may see and touch: the id every query of a user must filter by, or undefined for an admin,
 * who sees all. Rows outside the scope answer 404, never 403, so that ids tell nothing.
 */
export function ownerScope(principal: Principal): string | undefined {
  return principal.role === 'admin' ? undefined : principal.id;
}
