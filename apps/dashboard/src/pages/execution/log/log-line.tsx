import type { Ref } from 'react';
import { formatTime } from '../../../time/format-time.js';
import { spansOf } from './ansi-spans.js';
import { piecesOf } from './find-in-line.js';
import classes from './log.module.css';
import type { LogLine as Line } from './log-tail.js';

interface LogLineProps {
  line: Line;
  zone: string;
  needle: string;
  /** The address points at it. */
  isTarget: boolean;
  /** The hit one is at. */
  isCurrentHit: boolean;
  onLink: (number: number) => void;
  /** Place among the rows, for the virtualiser that measures it. */
  index: number;
  ref?: Ref<HTMLDivElement> | undefined;
}

const LEVEL_WORDS = { debug: 'debug', info: '', warn: 'warn', error: 'error' };

/** A line: its number as a link to it, when, its level where it is not the usual one, and the text with its colours. */
export function LogLine({ line, zone, needle, isTarget, isCurrentHit, onLink, index, ref }: LogLineProps) {
  const { number, at, level, message, data } = line;
  return (
    <div
      ref={ref}
      className={classes.line}
      data-index={index}
      data-level={level}
      data-target={isTarget || undefined}
    >
      <a
        href={`#L${number}`}
        className={classes.number}
        aria-label={`Line ${number}`}
        tabIndex={-1}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onLink(number);
        }}
      >
        {number}
      </a>
      <time className={classes.time} dateTime={new Date(at).toISOString()} data-moment={at}>
        {formatTime(at, zone, 'millis', at)}
      </time>
      <span className={classes.level}>{LEVEL_WORDS[level]}</span>
      <span className={classes.message}>
        {piecesOf(spansOf(message), needle).map(
          ({ text, isHit, color, background, isBold, isDim, isItalic, isUnderlined }, place) => {
            const Tag = isHit ? 'mark' : 'span';
            return (
              <Tag
                // A piece is its place in the line.
                // oxlint-disable-next-line react/no-array-index-key
                key={place}
                className={isHit ? classes.hit : undefined}
                data-current={(isHit && isCurrentHit) || undefined}
                data-fg={color}
                data-bg={background}
                data-bold={isBold}
                data-dim={isDim}
                data-italic={isItalic}
                data-underline={isUnderlined}
              >
                {text}
              </Tag>
            );
          },
        )}
        {data !== null && <span className={classes.data}> {JSON.stringify(data)}</span>}
      </span>
    </div>
  );
}
