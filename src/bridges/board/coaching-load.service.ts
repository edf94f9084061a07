import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { type MemberRef, Members } from '../../cohorts/members/members.service.js';
import { Projects } from '../../cohorts/projects/projects.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { notFound } from '../../common/problem.js';
import { dayOf, instantAt, plusDays, zonedOf } from '../../common/times/zoned.js';
import type { CoachLoad, CoachingLoad, FellowLoad } from '../../contracts/mentoring/coaching-load.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Coaches } from '../../mentoring/coaches/coaches.service.js';
import { asAccompanied, daysWithout } from '../../mentoring/coaches/days-without.js';
import { SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { csvOfLoad } from './coaching-load-csv.js';
import { type CoachContact, type FellowContact, countContacts } from './coaching-load.js';
import { QUIET_DAYS } from './left-behind.js';

const WEEKS = 12;
/** Farther ahead than next week ends. */
const AHEAD = 60 * DAY;

/** Who gets how much coaching, and who gives it. As many queries whatever the size of the cohort. */
@Injectable()
export class CoachingLoads {
  constructor(
    private readonly clock: Clock,
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly projects: Projects,
    private readonly people: People,
    private readonly coaches: Coaches,
    private readonly sessions: SessionsReader,
    private readonly users: UsersRepository,
  ) {}

  /** The same as a table (CSV) in the reader's language. */
  async table(actor: CohortActor): Promise<string> {
    const [load, reader] = await Promise.all([this.of(actor), this.users.profile(idOf(actor.userId))]);
    return csvOfLoad(load, reader?.locale ?? 'en');
  }

  async of(actor: CohortActor): Promise<CoachingLoad> {
    const { cohortId, cohortTimeZone: zone } = actor;
    const now = this.clock.now();
    const weeks = lastMondays(now, zone);
    const [cohort, members, projects] = await Promise.all([
      this.cohorts.byId(idOf(cohortId)),
      this.members.list(cohortId, { roles: ['fellow', 'coach'] }),
      this.projects.list(cohortId),
    ]);
    if (!cohort) throw notFound();
    const [fellows, coaches] = (['fellow', 'coach'] as const).map((role) => members.filter((one) => one.role === role));
    const start = instantAt(cohort.startsOn, '00:00', zone);
    const ids = { fellows: idsOf(fellows), coaches: idsOf(coaches) };
    const [contacts, offers, faces] = await Promise.all([
      this.sessions.contacts(cohortId, start, new Date(now.getTime() + AHEAD)),
      this.coaches.availabilitiesOf(cohortId, ids.coaches),
      this.people.byId(members.map((member) => member.userId)),
    ]);
    const counted = countContacts(contacts, ids, { now, zone, weeks: weeks.length });
    const nameOf = new Map(projects.map((project) => [project.id, project.name]));
    const today = dayOf(now, zone);
    return {
      countedAt: now.toISOString(),
      cohortId,
      weeks,
      fellows: (fellows ?? [])
        .flatMap((fellow): FellowLoad[] => {
          const [person, contact] = [faces.get(fellow.userId), counted.fellows.get(fellow.userId)];
          if (!person || !contact) return [];
          const days = daysWithout(asAccompanied(fellow, contact.last, zone), cohort.startsOn, today);
          const projectName = nameOf.get(fellow.projectId ?? '') ?? null;
          return [{ person, projectName, ...answered(contact), days, unserved: days >= QUIET_DAYS }];
        })
        .sort((a, b) => b.days - a.days || a.person.name.localeCompare(b.person.name)),
      coaches: ids.coaches
        .flatMap((coachId): CoachLoad[] => {
          const [person, contact] = [faces.get(coachId), counted.coaches.get(coachId)];
          if (!person || !contact) return [];
          return [{ person, ...contact, maxPerWeek: offers.get(coachId)?.maxPerWeek ?? null }];
        })
        .sort((a, b) => shareOf(b) - shareOf(a) || a.person.name.localeCompare(b.person.name)),
    };
  }
}

const idsOf = (members: readonly MemberRef[] | undefined) => (members ?? []).map((member) => member.userId);

const answered = ({ sessions, last, next }: FellowContact) => ({
  sessions,
  lastSessionAt: last?.toISOString() ?? null,
  nextSessionAt: next?.toISOString() ?? null,
});

const shareOf = ({ thisWeek, maxPerWeek }: CoachContact & { maxPerWeek: number | null }) =>
  maxPerWeek === null ? 0 : thisWeek / maxPerWeek;

/** The Mondays of the last weeks in a zone, that of the current one last. */
function lastMondays(now: Date, zone: string): string[] {
  const monday = plusDays(dayOf(now, zone), 1 - zonedOf(now, zone).dayOfWeek);
  return Array.from({ length: WEEKS }, (_, index) => plusDays(monday, 7 * (index - WEEKS + 1)));
}
