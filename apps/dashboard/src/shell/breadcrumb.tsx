import { Link } from '@tanstack/react-router';
import classes from './breadcrumb.module.css';
import { useCurrentPage } from './page-store.js';

/** The way to the page that is shown. */
export function Breadcrumb() {
  const { crumbs } = useCurrentPage();
  return (
    <nav aria-label="Breadcrumb" className={classes.breadcrumb}>
      <ol className={classes.list}>
        {crumbs.map(({ label, to }) => (
          <li key={`${label} ${to ?? ''}`} className={classes.crumb}>
            {to === undefined ? (
              <span aria-current="page">{label}</span>
            ) : (
              <Link to={to} className={classes.link}>
                {label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
