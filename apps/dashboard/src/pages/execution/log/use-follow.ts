import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

interface FollowOptions {
  lineCount: number;
  /** More lines may come. */
  isLive: boolean;
  /** Begin at the end; else one begins where one is. */
  isWanted: boolean;
}

/** So near to the end counts as being there. */
const AT_END_PX = 24;

/**
 * Keeps the end of a log in view while lines come, lets go when it is scrolled up, and takes hold again when the end is scrolled to.
 */
export function useFollow({ lineCount, isLive, isWanted }: FollowOptions) {
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  const [isFollowing, setFollowing] = useState(isWanted);
  /** How many lines there were when it let go. */
  const [seen, setSeen] = useState(0);
  const lastTop = useRef(0);
  const counted = useRef(lineCount);
  useEffect(() => {
    counted.current = lineCount;
  });

  useLayoutEffect(() => {
    // Also the lines that come with its end.
    if (!box || !isFollowing) return;
    box.scrollTo({ top: box.scrollHeight });
    lastTop.current = box.scrollTop;
  });

  const letGo = useCallback(() => {
    setSeen(counted.current);
    setFollowing(false);
  }, []);
  const onScroll = useCallback(() => {
    if (!box) return;
    const isAtEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - AT_END_PX;
    // The end of what has come so far of a run that is over is no end to be kept in view.
    if (isAtEnd && isLive) setFollowing(true);
    // Rows that become lower move the end up without anybody scrolling; then one is at the end.
    else if (box.scrollTop < lastTop.current - 1) letGo();
    lastTop.current = box.scrollTop;
  }, [box, isLive, letGo]);

  return {
    /** What scrolls, once it is there. */
    box,
    setBox,
    isFollowing: isFollowing && isLive,
    newCount: isFollowing ? 0 : Math.max(0, lineCount - seen),
    follow: () => setFollowing(true),
    letGo,
    onScroll,
  };
}
