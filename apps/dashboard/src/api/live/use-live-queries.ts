import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSession } from '../../shell/use-session.js';
import { liveFeed } from './live-feed.js';
import { LiveUpdates } from './live-updates.js';

/** Keeps all queries as the server has them, while somebody is signed in. Once, in the shell. */
export function useLiveQueries(): void {
  const client = useQueryClient();
  const { status, user } = useSession();
  const id = status === 'signed-in' ? user.id : undefined;
  useEffect(() => {
    if (id === undefined) return;
    const updates = new LiveUpdates(client);
    const ends = [liveFeed.listen((event) => updates.take(event)), readFailedAgain(client), liveFeed.start()];
    const wake = () => updates.wake();
    document.addEventListener('visibilitychange', wake);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      updates.stop();
      for (const end of ends) end();
    };
  }, [client, id]);
}

/** A feed that is found again brings what changed meanwhile; what could not be read meanwhile is read then. */
function readFailedAgain(client: QueryClient): () => void {
  let before = liveFeed.state().kind;
  return liveFeed.watch(() => {
    const { kind } = liveFeed.state();
    if (kind === 'live' && before !== 'live') {
      void client.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
    }
    before = kind;
  });
}
