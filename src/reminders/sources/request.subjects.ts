import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { titleFrom } from '../../common/texts/cut.js';
import { idOf } from '../../infra/mongo/ids.js';
import { type RequestFacts, RequestsReader } from '../../mentoring/requests/requests.reader.js';
import { oneLine } from '../../notifications/words/one-line.js';
import type { LoadedSubject, ReminderContent, SubjectRef, SubjectSource } from './subject-source.js';

/** Requests for help: whoever is to act is reminded of a waiting one, then staff, then others are offered to who asked. */
@Injectable()
export class RequestSubjects implements SubjectSource {
  readonly type = 'request' as const;
  readonly followsCohort = true;

  constructor(
    private readonly requests: RequestsReader,
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly people: People,
  ) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    const cohortIds = [...new Set(refs.map((ref) => ref.cohortId))];
    const [requests, staff, cohorts] = await Promise.all([
      this.requests.byIds(refs.map((ref) => ref.id)),
      this.staffOf(cohortIds),
      this.cohorts.byIds(cohortIds.map(idOf)),
    ]);
    // In a closed cohort nobody can answer any more.
    const running = new Set(cohorts.filter(({ state }) => state === 'running').map(({ _id }) => String(_id)));
    return requests.map((request) => ({
      ...this.subjectOf(request, staff.get(request.cohortId) ?? []),
      isLive: request.waiting && running.has(request.cohortId),
    }));
  }

  async ofPerson(userId: string): Promise<SubjectRef[]> {
    const waiting = await this.requests.waitingOf(userId);
    return waiting.map(({ id, cohortId }) => ({ type: this.type, id, cohortId }));
  }

  async ofCohort(cohortId: string): Promise<SubjectRef[]> {
    const waiting = await this.requests.waitingIn(cohortId);
    return waiting.map(({ id }) => ({ type: this.type, id, cohortId }));
  }

  private async staffOf(cohortIds: readonly string[]): Promise<Map<string, string[]>> {
    const lists = await Promise.all(
      cohortIds.map(async (cohortId) => {
        const staff = await this.members.list(cohortId, { roles: ['staff'] });
        return [cohortId, staff.map(({ userId }) => userId)] as const;
      }),
    );
    return new Map(lists);
  }

  private subjectOf(request: RequestFacts, staff: readonly string[]): LoadedSubject {
    return {
      type: this.type,
      id: request.id,
      cohortId: request.cohortId,
      revision: request.revision,
      title: titleFrom(request.need),
      titleKey: null,
      isLive: request.waiting,
      time: { askedAt: request.askedAt, waitingSince: request.waitingSince },
      people: whoIsReminded(request, staff),
      content: (_userId, rung) => this.contentOf(request, rung),
    };
  }

  private async contentOf(request: RequestFacts, rung: string): Promise<ReminderContent> {
    const { askerId, ownerId, state } = request;
    const [names, others] = await Promise.all([
      this.people.byId([askerId, ...(ownerId ? [ownerId] : [])]),
      rung === 'd7' ? this.requests.othersFor(request.id) : [],
    ]);
    const nameOf = (id: string) => names.get(id)?.name ?? '';
    const waitsForAsker = state === 'asked_back' && ownerId !== null;
    return {
      link: `/c/${request.cohortId}/coaching/requests/${request.id}`,
      params: {
        requestId: request.id,
        by: nameOf(waitsForAsker && rung === 'h48' ? ownerId : askerId),
        owner: ownerId === null ? 'none' : nameOf(ownerId),
        about: oneLine(request.need),
        others: others.length > 0 ? others.join(', ') : 'none',
        sinceAt: (rung === 'h48' ? request.waitingSince : request.askedAt).toISOString(),
        waitsFor: waitsForAsker ? 'asker' : 'owner',
        rung,
      },
    };
  }
}

/** Who must act first; who is both of the programme team and the owner is reminded as owner, then as team. */
function whoIsReminded({ askerId, ownerId, state }: RequestFacts, staff: readonly string[]): LoadedSubject['people'] {
  const isAskedBack = state === 'asked_back';
  const owners = isAskedBack ? [] : ownerId === null ? staff : [ownerId];
  return [
    { userId: askerId, why: isAskedBack ? 'asker_asked' : 'asker' },
    ...owners.map((userId) => ({ userId, why: staff.includes(userId) ? 'staff_asked' : 'asked' })),
    ...staff.map((userId) => ({ userId, why: 'staff' })),
  ];
}
