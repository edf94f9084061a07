import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { ZoneOffsets, weekOf } from '../../common/times/zone-offsets.js';
import { dayOf } from '../../common/times/zoned.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Projects } from '../../cohorts/projects/projects.service.js';
import type { CoachFellow } from '../../contracts/mentoring/mentoring.js';
import { idOf } from '../../infra/mongo/ids.js';
import { ActionsRepository } from '../actions/actions.repository.js';
import { type Contact, type FellowContacts, contactsOf } from './coach-contacts.js';
import { asAccompanied, daysWithout } from './days-without.js';
import { pairOf } from './pairs.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';

/** How far back a coach's fellows and their last sessions are looked for, and how far ahead the next one. */
const BACK = 400 * DAY;
const AHEAD = 366 * DAY;

/** The fellows of a coach: those of the projects they accompany, and those who met or booked them. */
@Injectable()
export class CoachFellows {
  constructor(
    private readonly clock: Clock,
    private readonly people: People,
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly projects: Projects,
    private readonly sessions: SessionsRepository,
    private readonly actions: ActionsRepository,
  ) {}

  /** Longest silence first; who never had a session comes before all others. A fixed number of queries. */
  async list(actor: CohortActor): Promise<{ items: CoachFellow[]; nextCursor: null }> {
    const now = this.clock.now();
    const zone = actor.cohortTimeZone;
    const [cohort, fellows, projects, sessions] = await Promise.all([
      this.cohorts.byId(idOf(actor.cohortId)),
      this.members.list(actor.cohortId, { roles: ['fellow'] }),
      this.projects.list(actor.cohortId),
      this.sessions.ofPerson(idOf(actor.userId), new Date(now.getTime() - BACK), new Date(now.getTime() + AHEAD)),
    ]);
    const here = sessions.filter((session) => String(session.cohortId) === actor.cohortId);
    const contacts = here.map((session): Contact => ({
      sessionId: String(session._id),
      participantIds: session.participantIds.map(String),
      startsAt: session.startsAt,
      status: session.status,
      week: weekOf(ZoneOffsets.of(zone).dayAt(session.startsAt.getTime())),
    }));
    const byProject = new Map(projects.map((project) => [project.id, project]));
    const met = new Set(contacts.filter((one) => one.status !== 'cancelled').flatMap((one) => one.participantIds));
    const mine = fellows.filter(
      (fellow) => met.has(fellow.userId) || byProject.get(fellow.projectId ?? '')?.coachId === actor.userId,
    );
    const thisWeek = weekOf(ZoneOffsets.of(zone).dayAt(now.getTime()));
    const known = contactsOf(
      mine.map((fellow) => fellow.userId),
      contacts,
      now,
      thisWeek,
    );
    const [faces, open] = await Promise.all([
      this.people.byId(mine.map((fellow) => fellow.userId)),
      this.actions.openOfPairs(
        idOf(actor.cohortId),
        mine.map((fellow) => pairOf(idOf(actor.userId), idOf(fellow.userId))),
      ),
    ]);
    const today = dayOf(now, zone);
    const items = mine.flatMap((fellow): CoachFellow[] => {
      const person = faces.get(fellow.userId);
      const contact = known.get(fellow.userId);
      if (!cohort || !person || !contact) return [];
      return [
        {
          person,
          projectName: byProject.get(fellow.projectId ?? '')?.name ?? null,
          ...replied(contact),
          days: daysWithout(asAccompanied(fellow, contact.last, zone), cohort.startsOn, today),
          openActions: open.filter((action) => String(action.ownerId) === fellow.userId).length,
        },
      ];
    });
    return { items: items.sort(bySilence), nextCursor: null };
  }
}

const replied = ({ last, next, weeks }: FellowContacts) => ({
  lastSessionAt: last?.toISOString() ?? null,
  nextSessionId: next?.sessionId ?? null,
  nextSessionAt: next?.startsAt.toISOString() ?? null,
  weeks,
});

function bySilence(a: CoachFellow, b: CoachFellow): number {
  const [left, right] = [a.lastSessionAt ?? '', b.lastSessionAt ?? ''];
  if (left !== right) return left < right ? -1 : 1;
  return a.person.name.localeCompare(b.person.name);
}
