import { ActionIcon, Tooltip } from '@mantine/core';
import { IconApi, IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Logo } from './logo.js';
import { NAVIGATION } from './navigation.js';
import classes from './nav-bar.module.css';
import { useIsAdmin } from './use-session.js';

interface NavBarProps {
  isCollapsed: boolean;
  /** Not given in the drawer of small screens, which cannot be collapsed. */
  onToggle?: () => void;
  /** A link was followed. */
  onNavigate?: () => void;
}

/** Where one can go. */
export function NavBar({ isCollapsed, onToggle, onNavigate }: NavBarProps) {
  const isAdmin = useIsAdmin();
  const toggle = isCollapsed ? 'Expand the navigation' : 'Collapse the navigation';
  return (
    <nav className={classes.nav} aria-label="Main" data-collapsed={isCollapsed || undefined}>
      {onToggle && (
        <Link to="/" className={classes.brand} aria-label="Chronos, to the overview">
          <Logo />
          <span className={classes.label}>Chronos</span>
        </Link>
      )}
      <ul className={classes.list}>
        {NAVIGATION.filter(({ isForAdmins }) => isAdmin || !isForAdmins).map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Tooltip label={label} position="right" disabled={!isCollapsed}>
              <Link
                to={to}
                className={classes.link}
                onClick={onNavigate}
                activeOptions={{ exact: to === '/', includeSearch: false }}
                {...(isCollapsed && { 'aria-label': label })}
              >
                <Icon size={18} stroke={1.75} />
                <span className={classes.label}>{label}</span>
              </Link>
            </Tooltip>
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <Tooltip label="API documentation" position="right" disabled={!isCollapsed}>
          <a className={classes.link} href="/api/docs" target="_blank" rel="noreferrer">
            <IconApi size={18} stroke={1.75} />
            <span className={classes.label}>API</span>
          </a>
        </Tooltip>
        {onToggle && (
          <Tooltip label={toggle} position="right">
            <ActionIcon size={32} onClick={onToggle} aria-label={toggle} className={classes.toggle}>
              {isCollapsed ? (
                <IconLayoutSidebarLeftExpand size={18} />
              ) : (
                <IconLayoutSidebarLeftCollapse size={18} />
              )}
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </nav>
  );
}
