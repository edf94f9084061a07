import { Injectable } from '@nestjs/common';
import { DAY } from '../../common/times/clock.js';
import { titleFrom } from '../../common/texts/cut.js';
import { SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { SessionNames, peopleOfSession } from '../../notifications/words/session-names.js';
import { AHEAD_MS, type LoadedSubject, type SubjectRef, type SubjectSource } from './subject-source.js';

const ASKED_FOR_MS = 10 * DAY;
const MOST = 20_000;
const WITH_NOTES = new Set(['scheduled', 'held']);

/** Sessions that are over: their coach is asked for notes, until there are some of theirs. */
@Injectable()
export class NotesSubjects implements SubjectSource {
  readonly type = 'notes' as const;

  constructor(
    private readonly sessions: SessionsReader,
    private readonly names: SessionNames,
  ) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    const sessions = await this.sessions.byIds(refs.map((ref) => ref.id));
    const authors = await this.sessions.noteAuthorsOf(sessions);
    return sessions.map((session): LoadedSubject => {
      const { id, cohortId, revision } = session;
      const written = authors.get(id) ?? new Set();
      const coaches = peopleOfSession(session).filter(({ why }) => why === 'coach');
      return {
        ...{ type: this.type, id, cohortId, revision, titleKey: null },
        title: titleFrom(session.need),
        isLive: WITH_NOTES.has(session.status),
        time: { endedAt: session.endsAt },
        people: coaches.filter(({ userId }) => !written.has(userId)),
        content: async (userId, rung) => ({
          link: `/c/${cohortId}/coaching/sessions/${id}`,
          params: { ...(await this.names.paramsOf(session)).of(userId), meetingLink: null, cancelByAt: null, rung },
        }),
      };
    });
  }

  async ofPerson(userId: string, from: Date): Promise<SubjectRef[]> {
    const mine = await this.sessions.ofPerson(
      userId,
      new Date(from.getTime() - ASKED_FOR_MS),
      new Date(from.getTime() + AHEAD_MS),
    );
    return mine.map(({ id, cohortId }) => ({ type: this.type, id, cohortId }));
  }

  async ofCohort(cohortId: string, from: Date): Promise<SubjectRef[]> {
    const [begin, end] = [new Date(from.getTime() - ASKED_FOR_MS), new Date(from.getTime() + AHEAD_MS)];
    const sessions = await this.sessions.inCohort(cohortId, begin, end, MOST);
    return sessions.filter(({ status }) => WITH_NOTES.has(status)).map(({ id }) => ({ type: this.type, id, cohortId }));
  }
}
