import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconClock, IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ChronosApiError, ChronosUnreachableError } from '#client';
import { publicApi } from '../../api/client.js';
import { FormError } from '../../components/form-error.js';
import { formatCountdown } from '../../time/format-duration.js';
import { useNow } from '../../time/use-now.js';

interface SignInProblemProps {
  error: Error;
  /** When it happened, by the clock of `useNow`. */
  at: number;
  /** Trying again makes sense from now on. */
  onOver: () => void;
}

/** Why nobody was signed in. Wrong, too often and out of reach are three things, and each says what to do. */
export function SignInProblem({ error, at, onOver }: SignInProblemProps) {
  if (error instanceof ChronosUnreachableError) return <Unreachable onOver={onOver} />;
  if (error instanceof ChronosApiError) {
    if (error.code === 'INVALID_CREDENTIALS') {
      return (
        <Alert color="danger" icon={<IconAlertTriangle size={18} />} role="alert">
          The e-mail address or the password is not right.
        </Alert>
      );
    }
    if (error.status === 429) {
      return (
        <Wait
          until={at + (error.retryAfterMs ?? 0)}
          isLocked={error.code === 'ACCOUNT_LOCKED'}
          onOver={onOver}
        />
      );
    }
    if (error.status >= 502) return <Unreachable onOver={onOver} />;
  }
  return <FormError error={error} />;
}

function Wait({ until, isLocked, onOver }: { until: number; isLocked: boolean; onOver: () => void }) {
  const left = until - useNow();
  const isOver = left <= 0;
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver, onOver]);
  return (
    <Alert
      color="danger"
      icon={<IconClock size={18} />}
      role="alert"
      title={isLocked ? 'Locked for a while' : 'Too many tries'}
    >
      {isLocked
        ? 'There were too many failed sign-ins for this address. '
        : 'There were too many tries from your network. '}
      {/* Told once, not every second, to who listens rather than looks. */}
      <span aria-hidden="true">Try again in {formatCountdown(left)}.</span>
    </Alert>
  );
}

const ASK_EVERY_MS = 3_000;

function Unreachable({ onOver }: { onOver: () => void }) {
  const health = useQuery({
    queryKey: ['health'],
    queryFn: () => publicApi.GET('/api/v1/monitoring/health').then(() => true),
    refetchInterval: ASK_EVERY_MS,
    retry: false,
    gcTime: 0,
    staleTime: 0,
  });
  const isBack = health.data === true && !health.isError && health.isFetchedAfterMount;
  useEffect(() => {
    if (isBack) onOver();
  }, [isBack, onOver]);
  return (
    <Alert
      color="danger"
      icon={<IconPlugConnectedX size={18} />}
      role="alert"
      title="Chronos cannot be reached"
    >
      The server does not answer. It is asked again every few seconds; what you typed is kept.
    </Alert>
  );
}
