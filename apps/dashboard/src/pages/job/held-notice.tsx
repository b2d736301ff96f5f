import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { JobDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/query-keys.js';
import { several } from '../../components/format-count.js';
import { Notice } from '../../components/notice.js';
import { Time } from '../../components/time.js';
import { useIsAdmin } from '../../shell/use-session.js';

/** The ledger of no time at all: what waits it tells of wherever it lies. */
const NO_TIME = { from: new Date(0).toISOString(), to: new Date(0).toISOString(), limit: 1 };

/** What of a job an outage left and nobody has decided about: how much, since when, and what can become of it; else nothing. */
export function HeldNotice({ job: { id, status, timezone } }: { job: JobDto }) {
  const isAdmin = useIsAdmin();
  const { data: review } = useQuery({
    queryKey: [...keys.jobs.one(id), 'held'],
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: NO_TIME };
      return (await dataOf(api.GET('/api/v1/jobs/{id}/ledger', { params, signal }))).review;
    },
  });
  if (!review) return null;
  const { held, from, to, openedAt } = review;
  return (
    <Notice
      kind="missed"
      title={`${several(held, 'missed run')} ${held === 1 ? 'waits' : 'wait'} for a decision`}
    >
      <p>
        Due <Time at={from} zone={timezone} />
        {held > 1 && (
          <>
            {' '}
            to <Time at={to} zone={timezone} />
          </>
        )}
        , when nothing ran. Waiting since <Time at={openedAt} zone={timezone} />.
      </p>
      <p>
        An administrator decides: a release runs what waits, the oldest first; a drop leaves it missed.{' '}
        {status === 'paused' && 'While the job is paused, what waits can only be dropped. '}
        {isAdmin && (
          <Link to="/admin/catch-up" search={{ jobId: id }}>
            Decide in Catch-up
          </Link>
        )}
      </p>
    </Notice>
  );
}
