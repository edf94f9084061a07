import { Injectable } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { invalidField } from '../../common/problem.js';

/** The coach and the fellow whom somebody names who is one of the two. */
@Injectable()
export class NamedPair {
  constructor(private readonly members: Members) {}

  /** Throws 422 for whom it cannot be with: `/coachId` or `/fellowId` `required`, `not_a_member`, `not_a_coach`, `not_a_fellow`. */
  async of(
    actor: CohortActor,
    named: { coachId?: string | undefined; fellowId?: string | undefined },
  ): Promise<{ coachId: string; fellowId: string }> {
    const asks = actor.role === 'fellow' ? 'coach' : 'fellow';
    const [field, id] =
      asks === 'coach' ? (['/coachId', named.coachId] as const) : (['/fellowId', named.fellowId] as const);
    if (id === undefined) throw invalidField(field, 'required');
    const member = await this.members.find(actor.cohortId, id);
    if (!member) throw invalidField(field, 'not_a_member');
    if (member.role !== asks) throw invalidField(field, asks === 'coach' ? 'not_a_coach' : 'not_a_fellow');
    return asks === 'coach'
      ? { coachId: member.userId, fellowId: actor.userId }
      : { coachId: actor.userId, fellowId: member.userId };
  }
}
