import { useRef } from 'react';
import type { JobDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { api } from '../../api/client.js';
import { changedFields } from './model/changes.js';
import { fromJob } from './model/from-job.js';
import { stable } from './model/json-text.js';
import { type JobRequest, toRequest, withoutDefaults } from './model/to-request.js';

/** What the form began with. */
export type Origin =
  | { kind: 'new' }
  | { kind: 'clone'; job: JobDto }
  | {
      kind: 'edit';
      job: JobDto;
      /** Begins anew with the job as it is now. */
      onReload: (job: JobDto) => void;
    };

/** A job as the request that would make it what it is. */
export function requestOf(job: JobDto): JobRequest {
  return toRequest(fromJob(job)).request;
}

/**
 * Stores what the form says. A new job that was sent and not answered is made once, however often it is sent again.
 * `version`: of an edit, the version it is for; the one the form began with unless said otherwise.
 */
export function useSaveJob(origin: Origin): (request: JobRequest, version?: number) => Promise<JobDto> {
  const sent = useRef({ text: '', key: '' });
  return (request, version) => {
    switch (origin.kind) {
      case 'new': {
        const body = withoutDefaults(request);
        const text = stable(body);
        // Another body is another job: the server refuses it under the same key.
        if (sent.current.text !== text) sent.current = { text, key: randomKey() };
        const header = { 'Idempotency-Key': sent.current.key };
        return dataOf(api.POST('/api/v1/jobs', { params: { header }, body }));
      }
      case 'clone': {
        const body = { ...changedFields(requestOf(origin.job), request), name: request.name };
        const path = { id: origin.job.id };
        return dataOf(api.POST('/api/v1/jobs/{id}/clone', { params: { path }, body }));
      }
      case 'edit': {
        const { job } = origin;
        const body = { ...changedFields(requestOf(job), request), version: version ?? job.version };
        return dataOf(api.PATCH('/api/v1/jobs/{id}', { params: { path: { id: job.id } }, body }));
      }
    }
  };
}

/** `crypto.randomUUID` is there in secure contexts only. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
