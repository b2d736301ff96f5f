/** Read by the shell, Node, Docker or Kubernetes; close to one of ours only by chance. */
const FOREIGN = new Set(['HOME', 'HOSTNAME', 'LOGNAME', 'PATH', 'POSTGRES_PORT', 'SUPPORT']);

/** Variables of the tools in this repository, not of the service. */
const OWN_TOOLING = /^CHRONOS_(TEST|BENCH|DEMO)_/;

/** The known name each suspicious one of `names` was probably meant to be; `undefined` where only the prefix is ours. */
export function findMisspelt(
  names: readonly string[],
  known: readonly string[],
): { name: string; meant: string | undefined }[] {
  const suspicious: { name: string; meant: string | undefined }[] = [];
  for (const name of names) {
    if (known.includes(name) || FOREIGN.has(name) || OWN_TOOLING.test(name)) continue;
    if (!/^[A-Z][A-Z0-9_]*$/.test(name)) continue;
    const meant = known.find((candidate) => isMeant(name, candidate));
    if (meant !== undefined || name.startsWith('CHRONOS_')) suspicious.push({ name, meant });
  }
  return suspicious;
}

function isMeant(name: string, known: string): boolean {
  const bare = squash(name.replace(/^CHRONOS_(?!DATA)/, ''));
  if (bare === squash(known) || squash(name) === squash(known)) return true;
  if (name.includes('_') && name.length >= 7 && known.startsWith(name)) return true;
  if (known.includes('_') && /^[A-Z]+$/.test(name.slice(known.length)) && name.startsWith(known)) return true;
  if (Math.min(name.length, known.length) < 6) return false;
  return editDistance(name, known) <= (Math.max(name.length, known.length) >= 10 ? 2 : 1);
}

function squash(name: string): string {
  return name.replaceAll('_', '');
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost one each. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + cost,
      );
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
