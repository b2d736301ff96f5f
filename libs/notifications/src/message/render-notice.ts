import type { EndNotice, Notice } from './notice.js';

export interface RenderedNotice {
  /** One line. */
  subject: string;
  text: string;
  html: string;
  /** The execution in the dashboard; of a test, the job. */
  link: string;
}

/** What failed, when, at which attempt, why, and where to read on: as plain text and as HTML without any style sheet. */
export function renderNotice(notice: Notice, publicUrl: string): RenderedNotice {
  const path = notice.event === 'test' ? `jobs/${notice.jobId}` : `executions/${notice.executionId}`;
  const link = `${publicUrl}/${path}`;
  const headline = headlineOf(notice);
  const facts = factsOf(notice);
  return {
    subject: `[Chronos] ${subjectOf(notice)}`,
    link,
    text: textOf(headline, facts, link),
    html: htmlOf(headline, facts, link),
  };
}

function subjectOf(notice: Notice): string {
  const name = notice.jobName.replace(/\s+/g, ' ');
  if (notice.event === 'test') return `Test: ${name}`;
  if (notice.event === 'recovered') return `Recovered: ${name}`;
  if (notice.event === 'completed') return `Completed: ${name}`;
  return `${notice.status === 'timed_out' ? 'Timed out' : 'Failed'}: ${name}`;
}

function headlineOf(notice: Notice): string {
  const name = `The job "${notice.jobName}"`;
  return notice.event === 'test'
    ? `This is a test. ${name} tells this way how its runs end.`
    : endHeadlineOf(name, notice);
}

function endHeadlineOf(name: string, { event, status, attempt, failuresInRow }: EndNotice): string {
  if (event === 'completed') return `${name} completed.`;
  if (event === 'recovered')
    return `${name} completed again after ${countOf(failuresInRow ?? 1, 'failure')}.`;
  const what = status === 'timed_out' ? 'timed out' : 'failed';
  const row = failuresInRow !== null && failuresInRow > 1 ? `, for the ${failuresInRow}. time in a row` : '';
  return `${name} ${what} after ${countOf(attempt, 'attempt')}${row}.`;
}

function factsOf(notice: Notice): [string, string][] {
  if (notice.event === 'test') {
    return [
      ['Asked for', notice.requestedAt],
      ['By', notice.requestedBy],
      ['Type', notice.jobType],
      ['Job', notice.jobId],
    ];
  }
  const { error, scheduledFor, startedAt, finishedAt, attempt, maxAttempts, trigger } = notice;
  return [
    ...(error ? [['Error', `${error.code}: ${error.message}`] as [string, string]] : []),
    ['Scheduled for', scheduledFor],
    ...(startedAt ? [['Started', startedAt] as [string, string]] : []),
    ['Ended', finishedAt],
    ['Attempt', `${attempt} of ${maxAttempts}`],
    ['Type', notice.jobType],
    ['Trigger', trigger],
    ['Job', notice.jobId],
    ['Execution', notice.executionId],
  ];
}

function textOf(headline: string, facts: [string, string][], link: string): string {
  const width = Math.max(...facts.map(([name]) => name.length)) + 2;
  const lines = facts.map(([name, value]) => `${`${name}:`.padEnd(width)}${value}`);
  return `${headline}\n\n${lines.join('\n')}\n\n${link}\n`;
}

function htmlOf(headline: string, facts: [string, string][], link: string): string {
  const rows = facts.map(
    ([name, value]) =>
      `<tr><th align="left" valign="top">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  const href = escapeHtml(link);
  return [
    '<!doctype html><html lang="en"><body>',
    `<p><strong>${escapeHtml(headline)}</strong></p>`,
    `<table cellpadding="4">${rows.join('')}</table>`,
    `<p><a href="${href}">${href}</a></p>`,
    '</body></html>',
  ].join('\n');
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
