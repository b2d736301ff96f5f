import { Menu } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { liveFeed, type LiveState } from '../api/live/live-feed.js';
import { formatCountdown } from '../time/format-duration.js';
import { useNow } from '../time/use-now.js';
import classes from './live-badge.module.css';

/** A connection away for longer than this makes what is shown old. */
const STALE_AFTER_MS = 10_000;

/** Whether what is shown follows the server, and the switch that stops it from moving. */
export function LiveBadge() {
  const state = useSyncExternalStore(liveFeed.watch, liveFeed.state);
  // Renewed once a second: how long it has been is told.
  useNow();
  const { word, hint, tone } = describe(state);
  const isPaused = state.kind === 'paused';
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <button type="button" className={classes.badge} data-tone={tone} aria-label={`Live updates: ${word}`}>
          <span className={classes.dot} aria-hidden="true" />
          <span className={classes.word}>{word}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <p className={classes.hint}>{hint}</p>
        <Menu.Item
          leftSection={isPaused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
          onClick={() => (isPaused ? liveFeed.resume() : liveFeed.pause())}
        >
          {isPaused ? 'Go on' : 'Pause live updates'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function describe(state: LiveState): { word: string; hint: string; tone: string } {
  switch (state.kind) {
    case 'connecting':
      return { word: 'Connecting', hint: 'The connection for live updates is being opened.', tone: 'wait' };
    case 'live':
      return { word: 'Live', hint: 'What changes is shown as it happens.', tone: 'live' };
    case 'paused':
      return {
        word: 'Paused',
        hint: 'Nothing moves until you go on, in this tab only. Nothing is lost meanwhile.',
        tone: 'paused',
      };
    case 'reconnecting': {
      const awayMs = Date.now() - state.since;
      const isStale = awayMs > STALE_AFTER_MS;
      return {
        word: isStale ? `Stale ${formatCountdown(awayMs)}` : 'Reconnecting',
        hint: 'The server is not heard. What you see is as it was when it last was; it is tried again every few seconds.',
        tone: isStale ? 'stale' : 'wait',
      };
    }
  }
}
