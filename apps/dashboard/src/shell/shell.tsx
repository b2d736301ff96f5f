import { Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useLiveQueries } from '../api/live/use-live-queries.js';
import { HintLayer } from '../components/hint-layer.js';
import { PageSkeleton } from '../components/page-skeleton.js';
import { useKeys } from './keys.js';
import { NavBar } from './nav-bar.js';
import { NAVIGATION } from './navigation.js';
import { PauseBanner } from './pause-banner.js';
import { usePreference } from './preferences.js';
import classes from './shell.module.css';
import { TopBar } from './top-bar.js';
import { useFreshUser } from './use-fresh-user.js';
import { useIsAdmin, useSession } from './use-session.js';

const Palette = lazy(() => import('./palette.js'));
const KeysHelp = lazy(() => import('./keys-help.js'));
const SessionEnded = lazy(() => import('./session-ended.js'));

/** Navigation and top bar around the page, and what belongs to every page: keys, palette, live updates, the session. */
export function Shell() {
  useLiveQueries();
  useFreshUser();
  const [isNavCollapsed, setNavCollapsed] = usePreference('isNavCollapsed');
  const [isDrawerOpen, drawer] = useDisclosure();
  const [isHelpOpen, help] = useDisclosure();
  const [isPaletteWanted, setPaletteWanted] = useState(false);
  const { status } = useSession();
  useLeaveOnSignOut();
  useShellKeys({ openHelp: help.open, openPalette: () => setPaletteWanted(true) });

  return (
    <div className={classes.shell} data-collapsed={isNavCollapsed || undefined}>
      <a className={classes.skip} href="#main">
        Skip to the page
      </a>
      <aside className={classes.nav}>
        <NavBar isCollapsed={isNavCollapsed} onToggle={() => setNavCollapsed(!isNavCollapsed)} />
      </aside>
      <TopBar onOpenNav={drawer.open} onOpenPalette={() => setPaletteWanted(true)} onOpenKeys={help.open} />
      <PauseBanner />
      <main id="main" className={classes.main} tabIndex={-1}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
      <Drawer opened={isDrawerOpen} onClose={drawer.close} size={260} title="Chronos" padding="sm">
        <NavBar isCollapsed={false} onNavigate={drawer.close} />
      </Drawer>
      <HintLayer />
      <Suspense>
        {isPaletteWanted && <Palette onClose={() => setPaletteWanted(false)} />}
        {isHelpOpen && <KeysHelp onClose={help.close} />}
        {status === 'ended' && <SessionEnded />}
      </Suspense>
    </div>
  );
}

/** Somebody signed out, here or in another tab: nothing of theirs stays on screen. */
function useLeaveOnSignOut(): void {
  const { status } = useSession();
  const navigate = useNavigate();
  useEffect(() => {
    if (status === 'signed-out') void navigate({ to: '/sign-in', search: {} });
  }, [status, navigate]);
}

function useShellKeys({ openHelp, openPalette }: { openHelp: () => void; openPalette: () => void }): void {
  const navigate = useNavigate();
  const isAdmin = useIsAdmin();
  useKeys('Everywhere', [
    { keys: 'mod+k', label: 'Search and commands', run: openPalette, inFields: true },
    { keys: '?', label: 'These keys', run: openHelp },
    { keys: '/', label: 'Search this page', run: focusSearch(openPalette) },
    ...NAVIGATION.filter(({ isForAdmins }) => isAdmin || !isForAdmins).map(({ to, label, key }) => ({
      keys: `g ${key}`,
      label: `Go to ${label}`,
      run: () => void navigate({ to }),
    })),
  ]);
}

/** The search field of the page where it has one, else the palette. */
function focusSearch(openPalette: () => void) {
  return () => {
    const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
    if (field) field.focus();
    else openPalette();
  };
}
