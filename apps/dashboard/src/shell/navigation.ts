import {
  IconActivity,
  IconAdjustments,
  IconCalendarEvent,
  IconFileSearch,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconListDetails,
  IconLock,
  IconMail,
  IconPlayerSkipForward,
  IconServer2,
  IconServerCog,
  IconSettings,
  IconUserCircle,
  IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';

interface Place<To extends string> {
  to: To;
  label: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
}

export interface NavEntry extends Place<
  '/' | '/jobs' | '/executions' | '/workers' | '/calendars' | '/settings' | '/admin'
> {
  /** Second key after `g`. */
  key: string;
  isForAdmins?: boolean;
}

/** The pages of the navigation, in order. The palette and the keys follow it. */
export const NAVIGATION: NavEntry[] = [
  { to: '/', label: 'Overview', icon: IconLayoutDashboard, key: 'o' },
  { to: '/jobs', label: 'Jobs', icon: IconListDetails, key: 'j' },
  { to: '/executions', label: 'Executions', icon: IconHistory, key: 'x' },
  { to: '/workers', label: 'Workers', icon: IconServer2, key: 'w', isForAdmins: true },
  { to: '/calendars', label: 'Calendars', icon: IconCalendarEvent, key: 'c' },
  { to: '/settings', label: 'Settings', icon: IconSettings, key: 's' },
  { to: '/admin', label: 'Admin', icon: IconAdjustments, key: 'a', isForAdmins: true },
];

/** What everybody has of their own, in the order of the tabs; the palette finds them, too. */
export const SETTINGS_PAGES = [
  { to: '/settings/account', label: 'Account', icon: IconUserCircle },
  { to: '/settings/api-keys', label: 'API keys', icon: IconKey },
  { to: '/settings/secrets', label: 'Secrets', icon: IconLock },
  { to: '/settings/activity', label: 'Activity', icon: IconActivity },
] as const satisfies Place<`/settings/${string}`>[];

/** What administrators have the charge of, in the order of the tabs. */
export const ADMIN_PAGES = [
  { to: '/admin/users', label: 'Users', icon: IconUsers },
  { to: '/admin/channels', label: 'Channels', icon: IconMail },
  { to: '/admin/audit', label: 'Audit log', icon: IconFileSearch },
  { to: '/admin/system', label: 'System', icon: IconServerCog },
  { to: '/admin/catch-up', label: 'Catch-up', icon: IconPlayerSkipForward },
] as const satisfies Place<`/admin/${string}`>[];
