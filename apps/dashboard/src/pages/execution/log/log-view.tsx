import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ExecutionWithAttemptsDto } from '#client';
import { Card } from '../../../components/card.js';
import { CopyButton } from '../../../components/copy-button.js';
import { EmptyState } from '../../../components/empty-state.js';
import { ErrorState } from '../../../components/error-state.js';
import { SkeletonRows } from '../../../components/skeleton-rows.js';
import { usePreference } from '../../../shell/preferences.js';
import type { ExecutionSearch } from '../execution-search.js';
import { isLive } from '../use-execution.js';
import { LogLines } from './log-lines.js';
import { type LogRow, logRows, logText, rowOfLine } from './log-rows.js';
import { LogState } from './log-state.js';
import { LogTools } from './log-tools.js';
import classes from './log.module.css';
import { saveText } from '../../../components/save-file.js';
import { useFollow } from './use-follow.js';
import { useLogTail } from './use-log-tail.js';

interface LogViewProps {
  execution: ExecutionWithAttemptsDto;
  jobZone: string | undefined;
  search: ExecutionSearch;
  onSearch: (patch: Partial<ExecutionSearch>) => void;
}

/** The log of an execution: followed while it grows, with search, levels, and an address for each line. */
export function LogView({ execution, jobZone, search, onSearch }: LogViewProps) {
  const { attempt, level, find } = search;
  const { log, restart } = useLogTail(execution.id, execution.jobId);
  const needle = find?.toLowerCase() ?? '';
  const shown = useMemo(() => logRows(log, { attempt, level, needle }), [log, attempt, level, needle]);
  const { rows, lineCount, hits } = shown;
  // Lines that are broken get their height when they are drawn: then the end lies elsewhere.
  const [, setHeight] = useState(0);
  const [isWrapped, setWrapped] = usePreference('isLogWrapped');
  const isGrowing = log.state === 'open' || log.state === 'lost';
  const canFollow = isGrowing && isLive(execution.status);
  const { box, setBox, isFollowing, newCount, follow, letGo, onScroll } = useFollow({
    lineCount,
    isLive: canFollow,
    isWanted: !location.hash && isLive(execution.status),
  });
  const show = useRef<(row: number) => void>(() => undefined);
  const onReady = useCallback((next: (row: number) => void) => {
    show.current = next;
  }, []);
  const target = useTarget(box, rows, (row) => show.current(row));
  const hit = useHits(hits, needle, (row) => {
    letGo();
    show.current(row);
  });
  const isEmpty = lineCount === 0;
  const save = () => saveText(`chronos-${execution.id}.log`, logText(rows));

  return (
    <Card title="Log" aside={<LogState log={log} lineCount={lineCount} isLive={canFollow} />} isFlush>
      <LogTools
        find={find}
        onFind={(next) => onSearch({ find: next })}
        hitCount={hits.length}
        hit={hit.at}
        onHit={hit.move}
        level={level}
        onLevel={(next) => onSearch({ level: next })}
        isWrapped={isWrapped}
        onWrap={() => setWrapped(!isWrapped)}
        isFollowing={canFollow ? isFollowing : undefined}
        onFollow={() => (isFollowing ? letGo() : follow())}
        onDownload={save}
      >
        <CopyButton text={() => logText(rows)} what="the log" />
      </LogTools>
      {log.missing > 0 && (
        <p className={classes.notice} role="status">
          {log.missing === 1 ? '1 line was' : `${log.missing} lines were`} stored late.{' '}
          <button type="button" className={classes.link} onClick={restart}>
            Read the log again
          </button>
        </p>
      )}
      {log.dropped > 0 && (
        <p className={classes.notice}>
          The first {log.dropped.toLocaleString('en')} lines are more than this page keeps; the API has them.
        </p>
      )}
      {log.state === 'failed' && (
        <ErrorState error={log.error ?? new Error('The session ended meanwhile.')} onRetry={restart} />
      )}
      <div className={classes.frame}>
        {isEmpty ? (
          <NoLines
            isReading={log.state === 'opening'}
            isFiltered={log.lines.length > 0}
            isLive={canFollow}
            onClear={() => onSearch({ attempt: undefined, level: undefined })}
          />
        ) : (
          // Focusable, so that it can be scrolled by keyboard.
          <div
            ref={setBox}
            className={classes.box}
            data-wrapped={isWrapped || undefined}
            role="region"
            aria-label="Log lines"
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            onScroll={onScroll}
          >
            <LogLines
              box={box}
              rows={rows}
              needle={needle}
              isWrapped={isWrapped}
              jobZone={jobZone}
              target={target.number}
              hit={hit.row}
              onLink={(number) => {
                letGo();
                target.link(number);
              }}
              onReady={onReady}
              onHeight={setHeight}
            />
          </div>
        )}
        {canFollow && !isFollowing && !isEmpty && (
          <button type="button" className={classes.newLines} onClick={follow}>
            {newCount === 0 ? 'Follow' : newLines(newCount)}
          </button>
        )}
      </div>
    </Card>
  );
}

function newLines(count: number): string {
  return count === 1 ? '1 new line' : `${count.toLocaleString('en')} new lines`;
}

/**
 * The line the address points at, `#L120`. It is scrolled to once, when it has come; one that was clicked is in view already.
 */
function useTarget(box: HTMLElement | null, rows: LogRow[], show: (row: number) => void) {
  const hash = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate();
  const digits = /^L(\d{1,7})$/.exec(hash)?.[1];
  const number = digits === undefined ? undefined : Number(digits);
  const shownFor = useRef<number>(undefined);
  useEffect(() => {
    // The first lines come with the box that scrolls: it can be scrolled once it stands.
    if (!box || number === undefined || shownFor.current === number) return;
    const row = rowOfLine(rows, number);
    if (row === -1) return;
    shownFor.current = number;
    show(row);
  });
  const link = (next: number) => {
    shownFor.current = next;
    void navigate({
      to: '.',
      search: true as never,
      hash: `L${next}`,
      replace: true,
      resetScroll: false,
      hashScrollIntoView: false,
    });
  };
  return { number, link };
}

/** Which hit one is at. It stays with its line while more lines come, and a new search begins with the first. */
function useHits(hits: number[], needle: string, show: (row: number) => void) {
  const [at, setAt] = useState<number>();
  const [searched, setSearched] = useState(needle);
  if (searched !== needle) {
    setSearched(needle);
    setAt(undefined);
  }
  const move = (step: 1 | -1) => {
    if (hits.length === 0) return;
    const next = at === undefined ? (step === 1 ? 0 : hits.length - 1) : at + step;
    const place = (next + hits.length) % hits.length;
    setAt(place);
    const row = hits[place];
    if (row !== undefined) show(row);
  };
  return { at, row: at === undefined ? undefined : hits[at], move };
}

function NoLines({
  isReading,
  isFiltered,
  isLive,
  onClear,
}: {
  isReading: boolean;
  isFiltered: boolean;
  isLive: boolean;
  onClear: () => void;
}) {
  if (isReading) return <SkeletonRows count={4} />;
  if (isFiltered) {
    return (
      <EmptyState
        title="No such lines"
        action={
          <button type="button" className={classes.link} onClick={onClear}>
            Show all lines
          </button>
        }
      />
    );
  }
  return isLive ? (
    <EmptyState title="No lines yet">They are shown as they are written.</EmptyState>
  ) : (
    <EmptyState title="No lines">It wrote none, or they have been deleted by now.</EmptyState>
  );
}
