/**
 * The contracts that the foundation itself speaks, under one roof. A feature imports its own straight from
 * `src/contracts` (types cost nothing; a zod schema is imported only where a form checks with it).
 */
export type { Locale, Person } from '../../../src/contracts/primitives';
export type { Role, Craft } from '../../../src/contracts/roles';
export type { Me, Membership, SignedIn, LoginSession, InvitationView } from '../../../src/contracts/auth/auth';
export type { Cohort, Member } from '../../../src/contracts/cohorts/cohorts';
export type { ChannelSummary, Message } from '../../../src/contracts/chat/chat';
export type { Inbox, Notification } from '../../../src/contracts/notifications/notifications';

/** A list of the API: `nextCursor` goes back as `?cursor=` for the next page, null at the end. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
