/** Names of socket rooms. A socket joins those of its person, its login, its cohorts and its channels. */
export const rooms = {
  user: (userId: string) => `user:${userId}`,
  login: (loginId: string) => `login:${loginId}`,
  cohort: (cohortId: string) => `cohort:${cohortId}`,
  cohortStaff: (cohortId: string) => `cohort-staff:${cohortId}`,
  /** Everybody who is in a cohort, and admins. */
  commons: 'commons',
  /** Those who do not show that they are here. */
  unseen: 'unseen',
  channel: (channelId: string) => `channel:${channelId}`,
} as const;
