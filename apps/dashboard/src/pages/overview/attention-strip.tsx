import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { DashboardDto, SystemDto } from '#client';
import { StatusIcon } from '../../components/status-glyph.js';
import { STATUS } from '../../components/status-kind.js';
import { useIsAdmin } from '../../shell/use-session.js';
import { attentionOf } from './attention.js';
import classes from './attention-strip.module.css';
import { useRuns } from './overview-queries.js';

interface AttentionStripProps {
  figures: DashboardDto;
  system: SystemDto | undefined;
}

/** What somebody should look at, each with the way to it; a quiet line where there is nothing. */
export function AttentionStrip({ figures, system }: AttentionStripProps) {
  const missed = useRuns('missed').data?.meta.total ?? 0;
  const items = attentionOf({ figures, system, missed, isAdmin: useIsAdmin() });
  if (items.length === 0) {
    return (
      <p className={classes.quiet}>
        <StatusIcon kind="ran" />
        Nothing needs attention.
      </p>
    );
  }
  return (
    <ul className={classes.strip} aria-label="Needs attention">
      {items.map(({ text, kind, to, search }) => (
        <li key={text}>
          <Link to={to} search={search as never} className={classes.item} data-tone={STATUS[kind].tone}>
            <StatusIcon kind={kind} />
            {text}
            <IconChevronRight size={14} aria-hidden="true" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
