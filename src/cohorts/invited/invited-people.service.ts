import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { foldedWords } from '../../common/texts/fold.js';
import type { InvitedPeopleQuery, InvitedPerson } from '../../contracts/cohorts/cohorts.js';
import { idOf } from '../../infra/mongo/ids.js';
import { InvitationsRepository } from '../invitations/invitations.repository.js';
import { ProjectsRepository } from '../projects/projects.repository.js';
import { InvitationPlans, presentInvited } from './invitation-plans.js';

const MOST = 200;

/** Who is invited and has not come yet, for the programme team to plan with. */
@Injectable()
export class InvitedPeople {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly plans: InvitationPlans,
    private readonly projects: ProjectsRepository,
  ) {}

  /** By name, at most 200. `q` are beginnings of words of the name. */
  async list(actor: CohortActor, { q = '', role }: InvitedPeopleQuery): Promise<{ items: InvitedPerson[] }> {
    const asked = foldedWords([q]);
    const rows = (await this.plans.openIn(idOf(actor.cohortId)))
      .filter((row) => role === undefined || row.role === role)
      .filter(({ name }) => {
        const words = foldedWords([name]);
        return asked.every((word) => words.some((one) => one.startsWith(word)));
      })
      .slice(0, MOST);
    const names = await this.projects.names(rows.flatMap((row) => row.projectIds));
    return { items: rows.map((row) => presentInvited(row, names)) };
  }

  /** The names of who is invited to a cohort and has not come yet, by invitation. */
  async names(cohortId: string): Promise<Map<string, string>> {
    const rows = await this.invitations.openIn(idOf(cohortId));
    return new Map(rows.map(({ _id, name }) => [String(_id), name]));
  }

  /** Those of some invitations that are open, taken for this transaction: who accepts one of them comes before or after. */
  async hold(
    cohortId: Types.ObjectId,
    ids: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<Types.ObjectId[]> {
    return await this.invitations.hold(cohortId, ids, session);
  }
}
