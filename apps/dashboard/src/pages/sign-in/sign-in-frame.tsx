import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Logo } from '../../shell/logo.js';
import { usePage } from '../../shell/page-store.js';
import { ThemeMenu } from '../../shell/theme-menu.js';
import classes from './sign-in-frame.module.css';

interface SignInFrameProps {
  title: string;
  children: ReactNode;
}

/** The card that sign-in and registration stand in. */
export function SignInFrame({ title, children }: SignInFrameProps) {
  usePage({ title, crumbs: [] });
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Logo size={36} />
          <span>Chronos</span>
        </div>
        <Title order={1}>{title}</Title>
        {children}
      </div>
      <div className={classes.foot}>
        <a href="/api/docs">API documentation</a>
        <ThemeMenu />
      </div>
    </main>
  );
}
