import { useSyncExternalStore } from 'react';
import type { UserDto } from '#client';
import { session } from '../api/client.js';
import type { SessionState } from '../api/session.js';

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.state);
}

/** Who is signed in; undefined only while the page is being left. */
export function useUser(): UserDto | undefined {
  return useSession().user;
}

/** May they see and do everything? */
export function useIsAdmin(): boolean {
  return useUser()?.role === 'admin';
}
