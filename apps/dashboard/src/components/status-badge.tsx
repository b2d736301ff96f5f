import type { ExecutionStatus, JobStatus } from '#client';
import classes from './status-badge.module.css';
import { StatusIcon } from './status-glyph.js';
import { kindOfExecution, kindOfJob, STATUS, type StatusKind, wordOfJob } from './status-kind.js';

interface StatusBadgeProps {
  kind: StatusKind;
  /** Instead of the word of the kind. */
  word?: string;
  /** Without the tinted ground, for dense rows. */
  isPlain?: boolean;
}

/** A status as shape, word and tone. */
export function StatusBadge({ kind, word = STATUS[kind].word, isPlain = false }: StatusBadgeProps) {
  return (
    <span className={classes.badge} data-tone={STATUS[kind].tone} data-plain={isPlain || undefined}>
      <StatusIcon kind={kind} />
      <span data-status-word>{word}</span>
    </span>
  );
}

/** The status of an execution; `latenessMs` tells late from on time. */
export function ExecutionBadge({
  status,
  latenessMs,
  isPlain = false,
}: {
  status: ExecutionStatus;
  latenessMs?: number | null;
  isPlain?: boolean;
}) {
  return <StatusBadge kind={kindOfExecution(status, latenessMs)} isPlain={isPlain} />;
}

/** The status of a job. */
export function JobBadge({ status, isPlain = false }: { status: JobStatus; isPlain?: boolean }) {
  return <StatusBadge kind={kindOfJob(status)} word={wordOfJob(status)} isPlain={isPlain} />;
}
