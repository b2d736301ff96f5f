import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import type { SecretDto } from '#client';
import { ConfirmDialog } from '../../../components/confirm-dialog.js';
import classes from './secrets.module.css';
import { useDeleteSecret } from './use-secrets.js';

const MAX_NAMED = 8;

/** Deletes a secret; where jobs use it, it says which, and what becomes of their runs. */
export function DeleteSecret({ secret, onClose }: { secret: SecretDto; onClose: () => void }) {
  const remove = useDeleteSecret();
  const { name, usedBy } = secret;
  const isUsed = usedBy.length > 0;
  return (
    <ConfirmDialog
      title={`Delete ${name}`}
      confirmLabel={isUsed ? 'Delete all the same' : 'Delete'}
      isDangerous
      onConfirm={async () => {
        await remove.mutateAsync({ name, isForced: isUsed });
        notifications.show({ message: `${name} is deleted.` });
      }}
      onClose={onClose}
    >
      {isUsed ? (
        <>
          Runs of these jobs will fail with <code>SECRET_MISSING</code>:
          <ul className={classes.jobs}>
            {usedBy.slice(0, MAX_NAMED).map((job) => (
              <li key={job.id}>
                <Link to="/jobs/$jobId" params={{ jobId: job.id }}>
                  {job.name}
                </Link>
              </li>
            ))}
            {usedBy.length > MAX_NAMED && <li>and {usedBy.length - MAX_NAMED} more</li>}
          </ul>
        </>
      ) : (
        'No job uses it. This cannot be undone.'
      )}
    </ConfirmDialog>
  );
}
