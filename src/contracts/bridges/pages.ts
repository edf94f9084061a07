import { z } from 'zod';
import { Me } from '../auth/auth.js';
import { BlockedPeople } from '../chat/blocks.js';
import { AgendaItem } from '../calendar.js';
import { ChannelSummary, WaitingThreads } from '../chat/chat.js';
import { Cohort, Milestone, Project } from '../cohorts/cohorts.js';
import { Cycle } from '../mentoring/cycles.js';
import { TopicSummary } from '../forums.js';
import { MyAction } from '../mentoring/mentoring.js';
import { Inbox } from '../notifications/notifications.js';
import { Id, Instant, page } from '../primitives.js';
import { RequestSummary } from '../mentoring/requests.js';
import { Standings } from '../auth/standing.js';
import { WishList } from '../workshops/wishes.js';
import { AddedMaterials, WorkshopMinutes } from '../workshops/workshop-materials.js';
import { Workshop } from '../workshops/workshops.js';

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

/** GET C/week: `from` to `to` is what lies ahead; of my own agenda, what began at `since` as well. At most 400 days. */
export const WeekQuery = z.strictObject({ since: Instant, from: Instant, to: Instant });
export type WeekQuery = z.infer<typeof WeekQuery>;

/** My week in a cohort. A part that is not for my role is null. */
export const Week = z.object({
  milestones: page(Milestone),
  project: Project.nullable(),
  myAgenda: page(AgendaItem),
  agenda: page(AgendaItem),
  /** Requests for help that wait for me; of the whole cohort for staff. */
  requests: page(RequestSummary).nullable(),
  /** My own that wait. */
  myRequests: page(RequestSummary).nullable(),
  /** Nobody has answered them, the oldest first. */
  topics: page(TopicSummary),
  actions: page(MyAction).nullable(),
  cycles: page(Cycle).nullable(),
});
export type Week = z.infer<typeof Week>;

/** GET C/workshops/:workshopId/whole: a workshop with what hangs on it; who comes and the dates of a series are asked for alone. */
export const WholeWorkshop = z.object({
  workshop: Workshop,
  materials: AddedMaterials,
  minutes: WorkshopMinutes,
  /** Topics of the forum that follow it up, the latest first. */
  topics: page(TopicSummary),
  /** The wish of which it came, if it did. */
  wishes: WishList,
});
export type WholeWorkshop = z.infer<typeof WholeWorkshop>;
