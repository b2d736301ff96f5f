import { describe, expect, it } from 'vitest';
import type { EndNotice } from './notice.js';
import { renderNotice } from './render-notice.js';

const failed: EndNotice = {
  event: 'failed',
  jobId: 'j1',
  jobName: 'Send "Weekly" <Report>',
  jobType: 'http',
  executionId: 'e1',
  status: 'failed',
  trigger: 'schedule',
  scheduledFor: '2030-01-01T09:00:00.000Z',
  startedAt: '2030-01-01T09:00:00.012Z',
  finishedAt: '2030-01-01T09:02:35.100Z',
  attempt: 4,
  maxAttempts: 4,
  error: { code: 'HTTP_STATUS', message: 'POST https://a.example answered 503 <b>', retryable: true },
  failuresInRow: null,
};
const render = (more: Partial<EndNotice> = {}) =>
  renderNotice({ ...failed, ...more }, 'https://jobs.example.com');

describe('renderNotice', () => {
  it('says what failed, when, at which attempt, why and where', () => {
    const { subject, text, link } = render();
    expect(subject).toBe('[Chronos] Failed: Send "Weekly" <Report>');
    expect(link).toBe('https://jobs.example.com/executions/e1');
    expect(text).toBe(
      [
        'The job "Send "Weekly" <Report>" failed after 4 attempts.',
        '',
        'Error:         HTTP_STATUS: POST https://a.example answered 503 <b>',
        'Scheduled for: 2030-01-01T09:00:00.000Z',
        'Started:       2030-01-01T09:00:00.012Z',
        'Ended:         2030-01-01T09:02:35.100Z',
        'Attempt:       4 of 4',
        'Type:          http',
        'Trigger:       schedule',
        'Job:           j1',
        'Execution:     e1',
        '',
        'https://jobs.example.com/executions/e1',
        '',
      ].join('\n'),
    );
  });

  it('lets nothing of a job become markup', () => {
    const { html } = render();
    expect(html).toContain('Send &quot;Weekly&quot; &lt;Report&gt;');
    expect(html).toContain('answered 503 &lt;b&gt;');
    expect(html).not.toMatch(/<(b|Report)>/);
  });

  it.each<[Partial<EndNotice>, string, string]>([
    [{ status: 'timed_out' }, 'Timed out: ', 'timed out after 4 attempts.'],
    [{ failuresInRow: 3 }, 'Failed: ', 'for the 3. time in a row.'],
    [{ event: 'completed', status: 'completed', error: null }, 'Completed: ', 'completed.'],
    [{ event: 'recovered', error: null, failuresInRow: 1 }, 'Recovered: ', 'again after 1 failure.'],
  ])('%j', (more, subject, headline) => {
    const rendered = render(more);
    expect(rendered.subject).toContain(subject);
    expect(rendered.text.split('\n')[0]).toContain(headline);
  });

  it('keeps the subject to one line', () => {
    expect(render({ jobName: 'a\r\nBcc: x@example.com' }).subject).toBe(
      '[Chronos] Failed: a Bcc: x@example.com',
    );
  });
});
