import {
  IconBell,
  IconBook2,
  IconBriefcase,
  IconCalendar,
  IconClipboardList,
  IconHelpHexagon,
  IconHome,
  IconLayoutDashboard,
  IconMessages,
  IconPresentation,
  IconSettings,
  IconUsers,
  IconWorld,
  type Icon,
} from '@tabler/icons-react';
import type { Cohort, Membership } from '../../api/types';

/** One entry of the rail. `name` is its word under `nav.` */
export interface NavEntry {
  name:
    | 'week'
    | 'calendar'
    | 'workshops'
    | 'coaching'
    | 'forum'
    | 'handbook'
    | 'commons'
    | 'people'
    | 'projects'
    | 'board'
    | 'calls'
    | 'reminders'
    | 'cohortSettings';
  icon: Icon;
  to:
    | '/commons'
    | `/c/$cohortId/${'week' | 'calendar' | 'workshops' | 'coaching' | 'forum' | 'handbook' | 'people' | 'projects' | 'board' | 'calls' | 'reminders' | 'settings'}`;
}

/** In the order of the rail. */
export const entries: NavEntry[] = [
  { name: 'week', icon: IconHome, to: '/c/$cohortId/week' },
  { name: 'calendar', icon: IconCalendar, to: '/c/$cohortId/calendar' },
  { name: 'workshops', icon: IconPresentation, to: '/c/$cohortId/workshops' },
  { name: 'coaching', icon: IconMessages, to: '/c/$cohortId/coaching' },
  { name: 'forum', icon: IconHelpHexagon, to: '/c/$cohortId/forum' },
  { name: 'handbook', icon: IconBook2, to: '/c/$cohortId/handbook' },
  { name: 'commons', icon: IconWorld, to: '/commons' },
  { name: 'people', icon: IconUsers, to: '/c/$cohortId/people' },
  { name: 'projects', icon: IconBriefcase, to: '/c/$cohortId/projects' },
];

/** Under the thumb, beside chat: what one opens several times a day. */
export const barEntries: NavEntry[] = entries.filter(({ name }) =>
  (['week', 'workshops', 'coaching', 'forum'] satisfies NavEntry['name'][] as NavEntry['name'][]).includes(name),
);

const boardEntry: NavEntry = { name: 'board', icon: IconLayoutDashboard, to: '/c/$cohortId/board' };

const staffEntries: NavEntry[] = [
  { name: 'calls', icon: IconClipboardList, to: '/c/$cohortId/calls' },
  { name: 'reminders', icon: IconBell, to: '/c/$cohortId/reminders' },
  { name: 'cohortSettings', icon: IconSettings, to: '/c/$cohortId/settings' },
];

/** An admin who is no member sees the cohort from outside: who is in it and how it is set, not what its people do. */
const OUTSIDE: ReadonlySet<NavEntry['name']> = new Set(['board', 'people', 'projects', 'cohortSettings']);

/** Whether I run the cohort: what the API lets me do says so, and until it has come my role, so that nothing is put in above what stands. */
function runsIt(cohort: Cohort | undefined, membership: Membership | undefined): boolean {
  return cohort?.abilities.invite ?? (membership?.role === 'staff' && membership.cohortState === 'running');
}

/** What the API lets me do decides what is offered: who may invite people runs the cohort, and starts at the board. */
export function entriesFor(cohort: Cohort | undefined, membership: Membership | undefined): NavEntry[] {
  if (!cohort && !membership) return [];
  const all = runsIt(cohort, membership) ? [boardEntry, ...entries, ...staffEntries] : entries;
  return membership ? all : all.filter((entry) => OUTSIDE.has(entry.name));
}

/** The pages that an admin from outside may read, as the API has it; the door of a cohort leads on to one of them. */
export const isOpenFromOutside = (pathname: string): boolean =>
  /^\/c\/[^/]+(\/(board|people(\/[^/]+)?|projects(\/[^/]+)?|settings(\/(?!forum|imports|webhooks)[^/]+)?))?\/?$/.test(
    pathname,
  );
