import type { Role } from '#client';
import { choice, text } from '../../../shell/search-params.js';

export const USER_STATES = ['active', 'suspended'] as const;

export interface UsersSearch {
  /** Part of a name or an address. */
  search?: string | undefined;
  role?: Role | undefined;
  state?: (typeof USER_STATES)[number] | undefined;
}

export function usersSearch(search: Record<string, unknown>): UsersSearch {
  return {
    search: text(search['search']),
    role: choice(search['role'], ['user', 'admin']),
    state: choice(search['state'], USER_STATES),
  };
}
