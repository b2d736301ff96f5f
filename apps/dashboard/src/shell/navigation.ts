import {
  IconAdjustments,
  IconCalendarEvent,
  IconHistory,
  IconLayoutDashboard,
  IconListDetails,
  IconServer2,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';

export interface NavEntry {
  to: '/' | '/jobs' | '/executions' | '/workers' | '/calendars' | '/admin';
  label: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
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
  { to: '/admin', label: 'Admin', icon: IconAdjustments, key: 'a', isForAdmins: true },
];
