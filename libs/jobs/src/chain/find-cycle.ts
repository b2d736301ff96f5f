/**
 * The cycle that would come of it if a job ran after others.
 * @param parentsOf what each job runs after already
 * @returns the jobs along it, each after the next one, the first again as the last; undefined where there is none
 */
export function findCycle(
  jobId: string,
  newParentIds: readonly string[],
  parentsOf: ReadonlyMap<string, readonly string[]>,
): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const toVisit: string[] = [];
  const reach = (parentId: string, from: string) => {
    if (cameFrom.has(parentId)) return;
    cameFrom.set(parentId, from);
    toVisit.push(parentId);
  };
  for (const parentId of newParentIds) reach(parentId, jobId);
  for (const id of toVisit) {
    if (id === jobId) return pathTo(jobId, cameFrom);
    for (const parentId of parentsOf.get(id) ?? []) reach(parentId, id);
  }
  return undefined;
}

function pathTo(jobId: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path = [jobId];
  for (let id = cameFrom.get(jobId); id !== undefined && id !== jobId; id = cameFrom.get(id))
    path.unshift(id);
  return [jobId, ...path];
}
