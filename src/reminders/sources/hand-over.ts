import { Injectable } from '@nestjs/common';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import type { MemberRef } from '../../cohorts/members/members.service.js';
import { type ProjectRef, Projects } from '../../cohorts/projects/projects.service.js';
import { SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import type { NoticeParams } from '../../notifications/inbox/notification.schema.js';

/** Somebody in a cohort, and what they are there. */
export type Part = Pick<MemberRef, 'userId' | 'role'>;

/** What each has to hand over as the last month of a cohort begins: how much of their own is open, and their projects. */
@Injectable()
export class HandOver {
  constructor(
    private readonly projects: Projects,
    private readonly sessions: SessionsReader,
  ) {}

  /** Of all in a cohort, read once: the params of each one's list. Counts are of their own actions alone, and hosts get none. */
  async of(cohort: CohortRow): Promise<(part: Part) => NoticeParams> {
    const cohortId = String(cohort._id);
    const [projects, open] = await Promise.all([
      this.projects.list(cohortId),
      this.sessions.openActionsByOwner(cohortId),
    ]);
    const committeeOn = cohort.phases.at(-1)?.endsOn ?? cohort.endsOn;
    return (part) => {
      const mine = projects.filter((project) => isTheirs(project, part));
      const [first] = mine;
      return {
        ...{ handOver: part.role, cohortLink: `/c/${cohortId}`, committeeOn, projects: mine.length },
        actions: part.role === 'fellow' || part.role === 'coach' ? (open.get(part.userId) ?? 0) : 0,
        ...{
          project: first?.name ?? null,
          agency: first?.agency ?? null,
          projectId: first?.id ?? null,
          coach: first?.coachId ? 'true' : 'none',
        },
      };
    };
  }
}

/** The whole cohort's are those of its staff. */
function isTheirs({ fellowIds, hostIds, coachId }: ProjectRef, { userId, role }: Part): boolean {
  if (role === 'staff') return true;
  if (role === 'coach') return coachId === userId;
  return (role === 'host' ? hostIds : fellowIds).includes(userId);
}
