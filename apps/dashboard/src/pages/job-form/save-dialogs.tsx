import { lazy, Suspense } from 'react';
import { type Origin, requestOf } from './save-job.js';
import type { Submission } from './use-submit.js';

const ReviewDialog = lazy(() => import('./review-dialog.js'));
const ConflictDialog = lazy(() => import('./conflict-dialog.js'));

/** What an edit asks before it is stored. */
export function SaveDialogs({ origin, submission }: { origin: Origin; submission: Submission }) {
  const { reviewed, conflicting, save, isSaving, error, closeDialogs } = submission;
  if (origin.kind !== 'edit') return null;
  const shared = { error, isSaving, onClose: closeDialogs };
  return (
    <Suspense>
      {reviewed && (
        <ReviewDialog
          {...shared}
          before={requestOf(origin.job)}
          after={reviewed}
          onSave={() => save(reviewed)}
        />
      )}
      {conflicting && (
        <ConflictDialog
          {...shared}
          job={origin.job}
          mine={conflicting}
          onKeepMine={(version) => save(conflicting, version)}
          onTakeTheirs={origin.onReload}
        />
      )}
    </Suspense>
  );
}
