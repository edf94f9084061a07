import { Injectable } from '@nestjs/common';
import { DAY } from '../../common/times/clock.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { type LoadedSubject, type SubjectRef, type SubjectSource } from './subject-source.js';

/** So long after a workshop somebody can still be asked how it was. */
const ASKED_FOR_MS = 30 * DAY;

/** Workshops that are over: who was there is asked how it was, until they have said it. */
@Injectable()
export class FeedbackSubjects implements SubjectSource {
  readonly type = 'feedback' as const;

  constructor(private readonly workshops: WorkshopsReader) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    const ids = refs.map((ref) => ref.id);
    const [workshops, silent] = await Promise.all([this.workshops.byIds(ids), this.workshops.withoutFeedback(ids)]);
    return workshops.map((workshop): LoadedSubject => {
      const { id, cohortId, title, revision, endsAt } = workshop;
      const { userIds, markedAt } = silent.get(id) ?? { userIds: [], markedAt: null };
      return {
        ...{ type: this.type, id, cohortId, revision, title, titleKey: null },
        isLive: workshop.status === 'published',
        // Who was there may be said later than the end: then it is from that on.
        time: { endedAt: markedAt && markedAt > endsAt ? markedAt : endsAt },
        people: userIds.map((userId) => ({ userId, why: 'attended' })),
        content: (_userId, rung) => ({
          link: `/c/${cohortId}/workshops/${id}`,
          params: { title, rung },
        }),
      };
    });
  }

  async ofPerson(userId: string, from: Date): Promise<SubjectRef[]> {
    const been = await this.workshops.ofPerson(userId, new Date(from.getTime() - ASKED_FOR_MS), from);
    return been
      .filter(({ as }) => as === 'attended')
      .map(({ workshop }) => ({ type: this.type, id: workshop.id, cohortId: workshop.cohortId }));
  }

  async ofCohort(cohortId: string, from: Date): Promise<SubjectRef[]> {
    const over = await this.workshops.inCohort(cohortId, new Date(from.getTime() - ASKED_FOR_MS), from);
    return over.filter(({ status }) => status === 'published').map(({ id }) => ({ type: this.type, id, cohortId }));
  }
}
