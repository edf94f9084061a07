/** The sections of my settings, in the order of their list; each is its own address under /settings. */
export const SECTIONS = {
  account: ['profile', 'email', 'password', 'devices'],
  notices: ['notifications', 'quiet-hours', 'digest', 'this-device'],
  preferences: ['privacy', 'forum', 'calendar', 'files'],
} as const;

export type SectionId = (typeof SECTIONS)[keyof typeof SECTIONS][number];
export type NoticeSection = (typeof SECTIONS.notices)[number];

export const GROUPS = ['account', 'notices', 'preferences'] as const;
