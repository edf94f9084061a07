import { z } from 'zod';
import { Me } from './auth.js';
import { BlockedPeople } from './blocks.js';
import { ChannelSummary, WaitingThreads } from './chat.js';
import { Cohort } from './cohorts.js';
import { Inbox } from './notifications.js';
import { Id, page } from './primitives.js';
import { Standings } from './standing.js';

/**
 * What a page needs at its start, in one answer: each part is what a route of its own answers, so that whoever wants one part later asks there.
 */

/** GET /api/shell: `cohortId` is the one on screen. */
export const ShellQuery = z.strictObject({ cohortId: Id.optional() });
export type ShellQuery = z.infer<typeof ShellQuery>;

/** What stands around every page. `cohort` is null where none was named, or one that is not mine to see. */
export const Shell = z.object({
  me: Me,
  cohort: Cohort.nullable(),
  channels: page(ChannelSummary),
  waitingThreads: WaitingThreads,
  inbox: Inbox,
  standings: Standings,
  blocked: BlockedPeople,
});
export type Shell = z.infer<typeof Shell>;
