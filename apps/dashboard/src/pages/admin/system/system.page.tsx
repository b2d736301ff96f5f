import { PageHeader } from '../../../components/page-header.js';
import { FiguresCards } from './figures-cards.js';
import { PauseCard } from './pause-card.js';
import { SettingsCards } from './settings-cards.js';
import classes from './system.module.css';

/** The installation as a whole: whether it runs, what it runs on, and what it was set up with. */
export default function SystemPage() {
  return (
    <>
      <PageHeader title="System" crumbs={[{ label: 'Admin', to: '/admin' }]} />
      <div className={classes.cards}>
        <div className={classes.wide}>
          <PauseCard />
        </div>
        <FiguresCards />
        <SettingsCards />
      </div>
    </>
  );
}
