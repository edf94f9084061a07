/** The sections of a cohort's settings, in the order of their list; each is its own address under the cohort's settings. */
export const SECTIONS = {
  cohort: ['general', 'meeting', 'link-previews', 'files'],
  dates: ['phases', 'closed-days', 'milestones'],
  data: ['forum', 'imports', 'webhooks', 'close'],
} as const;

export const GROUPS = ['cohort', 'dates', 'data'] as const;

export type CohortSection = (typeof SECTIONS)[keyof typeof SECTIONS][number];
/** Pages with a script of their own, of the programme team alone. */
export type TeamSection = 'forum' | 'imports' | 'webhooks';
