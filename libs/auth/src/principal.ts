export const ROLES = ['user', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who makes a request. Read from the database for each, so a change of role or name holds at once. */
export interface Principal {
  id: string;
  email: string;
  name: string;
  role: Role;
  /** The session the request's token belongs to. */
  sessionId: string;
}

/**
 * Whose rows a principal may see and touch: the id every query of a user must filter by, or undefined for an admin,
 * who sees all. Rows outside the scope answer 404, never 403, so that ids tell nothing.
 */
export function ownerScope(principal: Principal): string | undefined {
  return principal.role === 'admin' ? undefined : principal.id;
}
