import { describe, expect, it } from 'vitest';
import { CRONTAB } from './crontab-fixture.js';
import { translateCrontab } from './translate.js';

const read = (text: string, hasUser = false) =>
  translateCrontab(text, { timezone: 'America/New_York', hasUser });

describe('a crontab', () => {
  it('of 30 lines is reported line by line, exactly', () => {
    expect(CRONTAB.split('\n')).toHaveLength(30);
    expect(read(CRONTAB).map(({ line, outcome, note }) => `${line} ${outcome}: ${note}`)).toEqual([
      '1 comment: ',
      '2 setting: the shell of the commands below',
      '3 setting: in the environment of the commands below',
      '4 setting: mail to ops@example.com when a command below fails (cron mails all output); not to second@example.com: a job mails one address',
      '5 setting: the time zone of the schedules below',
      '7 comment: ',
      '8 job: 0 2 * * * Europe/Paris',
      '9 job: */15 9-17 * * MON-FRI Europe/Paris',
      '10 job: 0 0 1,15 jan-jun * Europe/Paris',
      '11 job: 0 0 * * * Europe/Paris',
      '12 job: 0 * * * * Europe/Paris',
      '13 not taken: @reboot names no time: Chronos runs by the clock, not when a machine starts',
      '14 not taken: @every_minute is no nickname of crontab(5)',
      '16 setting: in the environment of the commands below',
      '17 setting: no mail',
      '18 job: 30 4 * * 0 Europe/Paris',
      '19 job: 5 4 * * * Europe/Paris; what follows % is its standard input',
      '20 ignored: scripts run as the user of the worker',
      '21 ignored: "postmaster" is a local mailbox, not an e-mail address',
      '22 not taken: it is no comment, no variable, and not five fields with a command',
      '23 not taken: "root" looks like the user column of /etc/crontab: import it with --system',
      '24 job: 0 2 * * * Europe/Paris',
      '25 comment: ',
      '26 not taken: it is no comment, no variable, and not five fields with a command',
      '27 not taken: it is no comment, no variable, and not five fields with a command',
      '28 job: 0 12 * * 5 Europe/Paris',
      '29 job: 15 12 * * 5 Europe/Paris',
      '30 job: 0 0 * * 0 Europe/Paris',
    ]);
  });

  it('becomes script jobs that do as cron would', () => {
    const [, , , , , , first] = read(CRONTAB);
    expect(first?.job).toEqual({
      name: '/opt/backup.sh --full',
      type: 'script',
      scheduleType: 'recurring',
      cronExpression: '0 2 * * *',
      timezone: 'Europe/Paris',
      payload: {
        command: '/bin/bash',
        args: ['-c', '/opt/backup.sh --full'],
        env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
      },
      timeout: 86_400_000,
      maxRetries: 0,
      overlapPolicy: 'allow_all',
      tags: ['crontab'],
      notifications: { onFailure: true, email: 'ops@example.com' },
    });
  });

  it('gives what follows a per cent sign to standard input, and keeps an escaped one', () => {
    const jobs = read(CRONTAB).flatMap(({ line, job }) => (line === 18 || line === 19 ? [job?.payload] : []));
    expect(jobs).toMatchObject([
      { args: ['-c', 'echo done 100% of it'] },
      { args: ['-c', 'mail -s "hello" ops'], stdin: 'Dear all,\nbye\n' },
    ]);
    expect(jobs[0]).not.toHaveProperty('stdin');
  });

  it('keeps two entries of one command apart by name', () => {
    const names = read('0 1 * * * sync\n0 2 * * * sync').map(({ job }) => job?.name);
    expect(names).toEqual(['sync', 'sync #2']);
  });

  it("takes the machine's zone, or that of TZ where there is no CRON_TZ", () => {
    const zones = read('0 1 * * * a\nTZ=:Asia/Tokyo\n0 1 * * * b').flatMap(({ job }) => job?.timezone ?? []);
    expect(zones).toEqual(['America/New_York', 'Asia/Tokyo']);
  });

  it('with a user column says whose it was', () => {
    expect(read('17 * * * * root run-parts /etc/cron.hourly\n@daily root', true)).toMatchObject([
      {
        note: "17 * * * * America/New_York; as the worker's user, not as root",
        job: { payload: { args: ['-c', 'run-parts /etc/cron.hourly'] } },
      },
      { outcome: 'not taken', note: 'it has no user and command' },
    ]);
  });
});
