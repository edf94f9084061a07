import { Injectable } from '@nestjs/common';
import { titleFrom } from '../../common/texts/cut.js';
import { type SessionFacts, SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { SessionNames, peopleOfSession } from '../../notifications/words/session-names.js';
import {
  AHEAD_MS,
  type LoadedSubject,
  type ReminderContent,
  type SubjectRef,
  type SubjectSource,
} from './subject-source.js';

/** More than a cohort ever has ahead of it. */
const MOST = 20_000;

/** Coaching sessions: coach and fellows are reminded of a scheduled one; a day before with the need and what is still open. */
@Injectable()
export class SessionSubjects implements SubjectSource {
  readonly type = 'session' as const;

  constructor(
    private readonly sessions: SessionsReader,
    private readonly names: SessionNames,
  ) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    return (await this.sessions.byIds(refs.map((ref) => ref.id))).map((session) => this.subjectOf(session));
  }

  async ofPerson(userId: string, from: Date): Promise<SubjectRef[]> {
    const mine = await this.sessions.ofPerson(userId, from, new Date(from.getTime() + AHEAD_MS));
    return mine.map(({ id, cohortId }) => ({ type: this.type, id, cohortId }));
  }

  async ofCohort(cohortId: string, from: Date): Promise<SubjectRef[]> {
    const sessions = await this.sessions.inCohort(cohortId, from, new Date(from.getTime() + AHEAD_MS), MOST);
    return sessions.filter(({ status }) => status === 'scheduled').map(({ id }) => ({ type: this.type, id, cohortId }));
  }

  private async contentOf(session: SessionFacts, userId: string, rung: string): Promise<ReminderContent> {
    const isDayBefore = rung === 'h24';
    const [params, open] = await Promise.all([
      this.names.paramsOf(session),
      isDayBefore ? this.sessions.openActionsFor(session.id, userId) : [],
    ]);
    return {
      link: `/c/${session.cohortId}/coaching/sessions/${session.id}`,
      params: {
        ...params.of(userId),
        need: isDayBefore ? session.need : null,
        openActions: open.length,
        rung,
      },
    };
  }

  private subjectOf(session: SessionFacts): LoadedSubject {
    return {
      type: this.type,
      id: session.id,
      cohortId: session.cohortId,
      revision: session.revision,
      title: titleFrom(session.need),
      titleKey: null,
      isLive: session.status === 'scheduled',
      // Only hours are counted back from it, which are the same in every zone.
      time: { startsAt: session.startsAt, timeZone: 'UTC' },
      people: peopleOfSession(session),
      content: (userId, rung) => this.contentOf(session, userId, rung),
    };
  }
}
