import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Invitations } from '../../cohorts/invitations/invitations.service.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Projects } from '../../cohorts/projects/projects.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { notFound } from '../../common/problem.js';
import { dayOf, instantAt, plusDays, zonedOf } from '../../common/times/zoned.js';
import type { Overview } from '../../contracts/cohorts/cohorts.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { idOf } from '../../infra/mongo/ids.js';
import { asAccompanied } from '../../mentoring/coaches/days-without.js';
import { SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { RemindersReader } from '../../reminders/reminders.reader.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { isHalfEmpty, placesOf, withoutSession } from './left-behind.js';

/** Workshops that start within so many days are looked at: later ones still have time to fill. */
const SOON_DAYS = 7;
const WEEKS_BACK = 6;

const MAX_UNANSWERED = 200;

/** The staff board: who is left behind, read from all rooms. The number of queries does not grow with the cohort. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly projects: Projects,
    private readonly invitations: Invitations,
    private readonly people: People,
    private readonly sessions: SessionsReader,
    private readonly topics: TopicsReader,
    private readonly workshops: WorkshopsReader,
    private readonly reminders: RemindersReader,
    private readonly clock: Clock,
  ) {}

  async of(actor: CohortActor): Promise<Overview> {
    const now = this.clock.now();
    const { cohortId, cohortTimeZone: zone } = actor;
    const [waiting, quiet, topics, workshops, weeks, reminders] = await Promise.all([
      this.invitations.waiting(cohortId),
      this.withoutSession(cohortId, zone, now),
      this.unanswered(cohortId),
      this.halfEmpty(cohortId, now),
      this.sessions.sessionsByWeek(cohortId, mondayBack(now, zone), now, zone),
      this.reminders.counts(cohortId),
    ]);
    return {
      countedAt: now.toISOString(),
      neverSignedIn: waiting.flatMap(({ invitedAt, ...one }) =>
        invitedAt ? [{ ...one, invitedAt: invitedAt.toISOString() }] : [],
      ),
      withoutSession: quiet,
      unansweredTopics: topics,
      halfEmptyWorkshops: workshops,
      sessionsByWeek: weeks,
      reminders,
    };
  }

  private async withoutSession(cohortId: string, zone: string, now: Date): Promise<Overview['withoutSession']> {
    const cohort = await this.cohorts.byId(idOf(cohortId));
    if (!cohort) throw notFound();
    const start = instantAt(cohort.startsOn, '00:00', zone);
    const [fellows, last, projects] = await Promise.all([
      this.members.list(cohortId, { roles: ['fellow'] }),
      this.sessions.lastHeldByFellow(cohortId, start, now),
      this.projects.list(cohortId),
    ]);
    const quiet = withoutSession(
      fellows.map((fellow) => {
        const lastSessionAt = last.get(fellow.userId) ?? null;
        return { ...fellow, lastSessionAt, ...asAccompanied(fellow, lastSessionAt, zone) };
      }),
      cohort.startsOn,
      dayOf(now, zone),
    );
    const projectOf = new Map(projects.map((project) => [project.id, project]));
    const coaches = projects.flatMap((project) => project.coachId ?? []);
    const faces = await this.people.byId([...quiet.map(({ userId }) => userId), ...coaches]);
    return quiet.flatMap(({ userId, projectId, lastSessionAt, days }) => {
      const person = faces.get(userId);
      const project = projectId ? projectOf.get(projectId) : undefined;
      return person
        ? {
            person,
            projectId: project?.id ?? null,
            projectName: project?.name ?? null,
            coach: (project?.coachId && faces.get(project.coachId)) || null,
            lastSessionAt: lastSessionAt?.toISOString() ?? null,
            days,
          }
        : [];
    });
  }

  /** Those that wait longest. */
  private async unanswered(cohortId: string): Promise<Overview['unansweredTopics']> {
    const topics = (await this.topics.unanswered(cohortId)).slice(0, MAX_UNANSWERED);
    const faces = await this.people.byId(topics.map((topic) => topic.authorId));
    return topics.flatMap(({ id, title, authorId, createdAt }) => {
      const author = faces.get(authorId);
      return author ? { topicId: id, title, author, askedAt: createdAt.toISOString() } : [];
    });
  }

  private async halfEmpty(cohortId: string, now: Date): Promise<Overview['halfEmptyWorkshops']> {
    const soon = await this.workshops.inCohort(cohortId, now, new Date(now.getTime() + SOON_DAYS * DAY));
    return soon
      .filter((workshop) => workshop.status === 'published' && workshop.startsAt > now && isHalfEmpty(workshop))
      .map((workshop) => ({
        workshopId: workshop.id,
        title: workshop.title,
        startsAt: workshop.startsAt.toISOString(),
        going: workshop.going,
        capacity: placesOf(workshop),
      }));
  }
}

/** The start of the Monday some weeks back, in a zone. */
function mondayBack(now: Date, zone: string): Date {
  const { dayOfWeek } = zonedOf(now, zone);
  return instantAt(plusDays(dayOf(now, zone), 1 - dayOfWeek - 7 * WEEKS_BACK), '00:00', zone);
}
