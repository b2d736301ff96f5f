import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Card } from '../../components/card.js';
import { CopyButton } from '../../components/copy-button.js';
import classes from './first-job.module.css';

const SEED = 'npm run seed';

/** Instead of empty cards, for who has no job yet: the way to the first one. */
export function FirstJob() {
  return (
    <Card title="Your first job">
      <ol className={classes.steps}>
        <li>
          <strong>Say what is to be done.</strong> An HTTP call, a signed webhook, a script, an e-mail, or a
          handler of your own.
        </li>
        <li>
          <strong>Say when.</strong> At once, at a time, or again and again: the form shows the next runs in
          any zone, with every change of the clocks.
        </li>
        <li>
          <strong>Watch it run.</strong> Each moment it was due is accounted for: it ran, was late, failed,
          was skipped or missed, and why.
        </li>
      </ol>
      <Button component={Link} to="/jobs/new" leftSection={<IconPlus size={16} />}>
        Create your first job
      </Button>
      <p className={classes.more}>
        Only looking around? <code>{SEED}</code> <CopyButton text={SEED} what="the command" /> makes a dozen
        jobs of all kinds as the administrator, and takes them out again with <code>-- --remove</code>.
      </p>
    </Card>
  );
}
