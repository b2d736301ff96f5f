import type { BulkFailureDto, BulkJobsDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';

export interface BulkProgress {
  done: number;
  failed: BulkFailureDto[];
}

/** As many as one request may name. */
const AT_ONCE = 100;

/**
 * One command for many jobs, a hundred a request, told of after each. What single jobs refuse is gathered.
 * @throws what a request throws; what was done before stays done
 */
export async function runBulk(
  { ids, ...request }: BulkJobsDto,
  onProgress: (progress: BulkProgress) => void,
): Promise<BulkProgress> {
  const progress: BulkProgress = { done: 0, failed: [] };
  const send = async (body: BulkJobsDto) => {
    const report = await dataOf(api.POST('/api/v1/jobs/bulk', { body }));
    progress.done += report.done;
    progress.failed = [...progress.failed, ...report.failed];
    onProgress({ ...progress });
    return report.next;
  };
  if (ids) {
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      await send({ ...request, ids: ids.slice(start, start + AT_ONCE) });
    }
    return progress;
  }
  let next: string | null = null;
  do next = await send({ ...request, ...(next !== null && { after: next }) });
  while (next !== null);
  return progress;
}
