import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { cutAt } from '../../common/texts/cut.js';
import { daysBetween } from '../../common/times/zoned.js';
import { toIds } from '../../infra/mongo/ids.js';
import { type DueAction, SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { FIRST_DAY } from '../days/cohort-days.js';
import type { LoadedSubject, SubjectRef, SubjectSource } from './subject-source.js';

const EXCERPT = 120;

/** What people took on for a day: its owner is reminded until it is done. */
@Injectable()
export class ActionSubjects implements SubjectSource {
  readonly type = 'action' as const;
  readonly followsCohort = true;

  constructor(
    private readonly sessions: SessionsReader,
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly people: People,
  ) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    const cohortIds = [...new Set(refs.map((ref) => ref.cohortId))];
    const [actions, cohorts] = await Promise.all([
      this.sessions.dueActions(refs.map((ref) => ref.id)),
      this.cohorts.byIds(toIds(cohortIds)),
    ]);
    const byId = new Map(cohorts.map((cohort) => [String(cohort._id), cohort]));
    const owners = [...new Set(actions.map(({ ownerId }) => ownerId))];
    const members = await Promise.all(cohortIds.map((id) => this.members.list(id, { userIds: owners })));
    const isMember = new Set(members.flat().map(({ cohortId, userId }) => `${cohortId} ${userId}`));
    return actions.flatMap((action): LoadedSubject[] => {
      const cohort = byId.get(action.cohortId);
      if (!cohort) return [];
      const { id, cohortId, ownerId, dueOn, text, sessionId } = action;
      const isTheirs = isMember.has(`${cohortId} ${ownerId}`);
      return [
        {
          ...{ type: this.type, id, cohortId, titleKey: null },
          revision: daysBetween(FIRST_DAY, dueOn),
          title: cutAt(text, EXCERPT),
          isLive: action.isOpen && cohort.state === 'running',
          time: { on: dueOn, timeZone: cohort.timeZone },
          people: isTheirs ? [{ userId: ownerId, why: 'owner' }] : [],
          content: async (_userId, rung) => ({
            link: `/c/${cohortId}/coaching/sessions/${sessionId}`,
            params: { about: cutAt(text, EXCERPT), on: dueOn, with: await this.othersOf(action), rung },
          }),
        },
      ];
    });
  }

  async ofPerson(userId: string): Promise<SubjectRef[]> {
    return this.refsTo(await this.sessions.dueActionsOf(userId));
  }

  async ofCohort(cohortId: string): Promise<SubjectRef[]> {
    return this.refsTo(await this.sessions.dueActionsIn(cohortId));
  }

  private refsTo(actions: readonly DueAction[]): SubjectRef[] {
    return actions.map(({ id, cohortId }) => ({ type: this.type, id, cohortId }));
  }

  private async othersOf({ ownerId, people }: DueAction): Promise<string> {
    const faces = await this.people.faces(people.filter((id) => id !== ownerId));
    return faces.map(({ name }) => name).join(', ');
  }
}
