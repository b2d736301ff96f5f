/** A lease in localStorage lasts so long without being renewed: how long a closed tab is waited for. */
const LEASE_MS = 4_000;
const RENEW_MS = 1_000;
/** Two tabs that write at once see by then which of them was last. */
const SETTLE_MS = 40;
const POLL_MS = 250;

/**
 * Runs the work in one tab of this browser at a time; the others wait for their turn, also when a tab is closed in the
 * middle of its work. `signal` gives up waiting.
 *
 * Web Locks exist in secure contexts only, and Chronos is often reached over plain HTTP in a private network: there a
 * lease in localStorage does the same, a little slower.
 * @throws the signal's reason once it aborts while waiting
 */
export async function inOneTab<Result>(
  name: string,
  work: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (locks) return locks.request(name, { ...(signal && { signal }) }, work);
  const lease = await takeLease(`${name}.lease`, signal);
  try {
    return await work();
  } finally {
    lease.release();
  }
}

interface Lease {
  owner: string;
  until: number;
}

async function takeLease(key: string, signal?: AbortSignal): Promise<{ release(): void }> {
  const owner = `${Date.now()}.${Math.random()}`;
  const write = () => localStorage.setItem(key, JSON.stringify({ owner, until: Date.now() + LEASE_MS }));
  for (;;) {
    signal?.throwIfAborted();
    const held = readLease(key);
    if (!held || held.until < Date.now()) {
      write();
      await wait(SETTLE_MS + Math.random() * SETTLE_MS);
      if (readLease(key)?.owner === owner) break;
    }
    await wait(POLL_MS);
  }
  const renewal = setInterval(write, RENEW_MS);
  return {
    release: () => {
      clearInterval(renewal);
      if (readLease(key)?.owner === owner) localStorage.removeItem(key);
    },
  };
}

function readLease(key: string): Lease | undefined {
  const text = localStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Lease);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
