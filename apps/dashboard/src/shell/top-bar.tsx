import { ActionIcon, Kbd, Tooltip } from '@mantine/core';
import { IconKeyboard, IconMenu2, IconSearch } from '@tabler/icons-react';
import { AccountMenu } from './account-menu.js';
import { Breadcrumb } from './breadcrumb.js';
import { LiveBadge } from './live-badge.js';
import { ThemeMenu } from './theme-menu.js';
import classes from './top-bar.module.css';
import { ZoneMenu } from './zone-menu.js';

interface TopBarProps {
  onOpenNav: () => void;
  onOpenPalette: () => void;
  onOpenKeys: () => void;
}

const MOD = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '\u2318' : 'Ctrl';

/** Where one is, whether it is live, and how it is shown. */
export function TopBar({ onOpenNav, onOpenPalette, onOpenKeys }: TopBarProps) {
  return (
    <header className={classes.bar}>
      <ActionIcon className={classes.menu} size={32} onClick={onOpenNav} aria-label="Open the navigation">
        <IconMenu2 size={18} />
      </ActionIcon>
      <Breadcrumb />
      <div className={classes.tools}>
        <button type="button" className={classes.search} onClick={onOpenPalette}>
          <IconSearch size={15} aria-hidden="true" />
          <span className={classes.searchText}>Search</span>
          <Kbd size="xs" className={classes.searchKeys} aria-hidden="true">
            {MOD} K
          </Kbd>
        </button>
        <LiveBadge />
        <ZoneMenu />
        <ThemeMenu />
        <Tooltip label="Keys (?)">
          <ActionIcon className={classes.keys} size={32} onClick={onOpenKeys} aria-label="Keys">
            <IconKeyboard size={18} />
          </ActionIcon>
        </Tooltip>
        <AccountMenu />
      </div>
    </header>
  );
}
