/** A crontab of thirty lines with everything in it that a crontab can have, and some that it cannot. */
export const CRONTAB = `# The nightly things of web-1
SHELL=/bin/bash
PATH = "/usr/local/bin:/usr/bin:/bin"
MAILTO=ops@example.com,second@example.com
CRON_TZ=Europe/Paris

# m h dom mon dow command
0 2 * * * /opt/backup.sh --full
*/15 9-17 * * MON-FRI  curl -fsS http://localhost/ping
0 0 1,15 jan-jun * report --month
@daily /usr/bin/cleanup
@Hourly sync
@reboot /opt/warm-up.sh
@every_minute tick

TZ=UTC
MAILTO=""
30 4 * * 0 echo done 100\\% of it
5 4 * * * mail -s "hello" ops%Dear all,%bye
LOGNAME=root
MAILTO=postmaster
10 5 * * sync
10 5 * * * root /opt/rotate.sh
0 2 * * * /opt/backup.sh --full
# end
nonsense
BAD-NAME=1
0 12 * * 5 true
15 12 * * 5 false
@weekly df -h`;
