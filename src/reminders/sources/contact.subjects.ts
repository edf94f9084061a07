import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Projects } from '../../cohorts/projects/projects.service.js';
import { Clock } from '../../common/times/clock.js';
import { dayOf, instantAt, plusDays } from '../../common/times/zoned.js';
import { type ContactFacts, SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { type CohortDay, CohortDays } from '../days/cohort-days.js';
import { derivedId } from '../../common/derived-id.js';
import { silenceOf } from '../days/silence.js';
import { AHEAD_MS, type LoadedSubject, type SubjectRef, type SubjectSource } from './subject-source.js';

/**
 * Fellows since their last session: they and the coach of their project are reminded when four weeks have passed without one and none
 * is booked; when one was booked that came to nothing after that, the next morning, whether they were told before or not.
 */
@Injectable()
export class ContactSubjects implements SubjectSource {
  readonly type = 'contact' as const;
  readonly followsCohort = true;

  constructor(
    private readonly clock: Clock,
    private readonly days: CohortDays,
    private readonly members: Members,
    private readonly projects: Projects,
    private readonly sessions: SessionsReader,
    private readonly people: People,
  ) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    return await this.days.load(this.type, refs, async (cohort, asked) =>
      cohort.state === 'running' ? await this.fellowsOf(cohort, asked) : [],
    );
  }

  async ofPerson(userId: string): Promise<SubjectRef[]> {
    const cohorts = await this.days.cohortsOf(userId);
    const refs = await Promise.all(cohorts.map(({ _id }) => this.ofCohort(String(_id))));
    return refs.flat();
  }

  async ofCohort(cohortId: string): Promise<SubjectRef[]> {
    // Alumni were fellows until their cohort closed: what was planned of them is to be dropped.
    const fellows = await this.members.list(cohortId, { roles: ['fellow', 'alumni'] });
    return this.refsTo(
      cohortId,
      fellows.map(({ userId }) => userId),
    );
  }

  /** Of these fellows of a cohort. */
  refsTo(cohortId: string, fellowIds: readonly string[]): SubjectRef[] {
    return fellowIds.map((userId) => ({ type: this.type, id: derivedId('contact', cohortId, userId), cohortId }));
  }

  /** Each counts from the last session that was held; who has had none, from when they joined, and nobody before the residency. */
  private async fellowsOf(cohort: CohortRow, asked: ReadonlySet<string>): Promise<CohortDay[]> {
    const [cohortId, zone] = [String(cohort._id), cohort.timeZone];
    const start = instantAt(cohort.startsOn, '00:00', zone);
    const now = this.clock.now();
    const all = await this.members.list(cohortId, { roles: ['fellow'] });
    const fellows = all.filter(({ userId }) => asked.has(derivedId('contact', cohortId, userId)));
    // Of one who has just booked, nothing of the others is read.
    if (fellows.length === 0) return [];
    const among = fellows.map(({ userId }) => userId);
    const [sessions, projects] = await Promise.all([
      this.sessions.contacts(cohortId, start, new Date(now.getTime() + AHEAD_MS), among),
      this.projects.list(cohortId),
    ]);
    const sessionsOf = byFellow(sessions);
    const coachOf = new Map(projects.map(({ id, coachId }) => [id, coachId]));
    return fellows.map(({ userId, projectId, joinedAt }) => {
      const from = joinedAt > start ? joinedAt : start;
      const { since, isBooked, lastLostAt } = silenceOf(sessionsOf.get(userId) ?? [], from, now);
      const coachId = projectId === null ? null : (coachOf.get(projectId) ?? null);
      const on = dayOf(since, zone);
      const notBefore = lastLostAt && plusDays(dayOf(lastLostAt, zone), 1);
      return {
        id: derivedId('contact', cohortId, userId),
        on,
        // Who was told, booked, and lost that session is told again.
        ...(notBefore && { notBefore, anewOn: on > notBefore ? on : notBefore }),
        ...{ title: null, titleKey: null },
        people: isBooked
          ? []
          : [{ userId, why: 'quiet' }, ...(coachId ? [{ userId: coachId, why: 'quiet_fellow' }] : [])],
        content: async (rung, readerId) => ({
          link: `/c/${cohortId}/coaching`,
          params: {
            ...{ on, rung, part: readerId === userId ? 'fellow' : 'coach' },
            fellow: (await this.people.faces([userId]))[0]?.name ?? '',
          },
        }),
      };
    });
  }
}

function byFellow(sessions: readonly ContactFacts[]): Map<string, ContactFacts[]> {
  const all = new Map<string, ContactFacts[]>();
  for (const session of sessions) {
    for (const fellow of session.participantIds) all.set(fellow, [...(all.get(fellow) ?? []), session]);
  }
  return all;
}
