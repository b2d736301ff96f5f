/** What is used of `process`. */
type Self = Pick<NodeJS.Process, 'connected' | 'channel' | 'once' | 'exit' | 'send'>;

/**
 * Ends this process when the one that forked it is gone, even by `kill -9`: the system closes the channel between
 * them, and nobody is left to stop us. Also when that happened before this was called, while we were loading.
 * Does nothing in a process that was not forked.
 *
 * `stop` should drain and exit by itself; without it, or when it takes longer than `graceMs`, the process exits with 1.
 */
export function exitWithParent(
  stop?: () => void | Promise<void>,
  graceMs = 5_000,
  self: Self = process,
): void {
  const leave = () => {
    if (!stop) self.exit(1);
    setTimeout(() => self.exit(1), graceMs).unref();
    void Promise.resolve()
      .then(stop)
      .catch((error: unknown) => {
        process.stderr.write(`Stopping after the parent process was gone failed: ${String(error)}\n`);
        self.exit(1);
      });
  };
  // Node tells three cases apart: never forked, connected, and no longer connected.
  if (self.connected === undefined) return;
  if (!self.connected) {
    leave();
    return;
  }
  self.once('disconnect', leave);
  // The channel alone must not keep a process alive that has nothing more to do.
  self.channel?.unref();
}

/** Tells the process that forked this one, if any, that it serves now. */
export function reportReady(self: Self = process): void {
  if (self.connected) self.send?.({ type: 'ready' });
}
