/**
 * Ends this process when the one that forked it is gone, even by `kill -9`: the system closes the channel between
 * them, and nobody is left to stop us. Does nothing in a process that was not forked.
 *
 * `stop` should drain and exit by itself; without it, or when it takes longer than `graceMs`, the process exits with 1.
 */
export function exitWithParent(stop?: () => void | Promise<void>, graceMs = 5_000): void {
  if (!process.channel) return;
  process.once('disconnect', () => {
    if (!stop) process.exit(1);
    setTimeout(() => process.exit(1), graceMs).unref();
    void Promise.resolve()
      .then(stop)
      .catch((error: unknown) => {
        process.stderr.write(`Stopping after the parent process was gone failed: ${String(error)}\n`);
        process.exit(1);
      });
  });
  // The channel alone must not keep a process alive that has nothing more to do.
  process.channel.unref();
}

/** Tells the process that forked this one, if any, that it serves now. */
export function reportReady(): void {
  process.send?.({ type: 'ready' });
}
