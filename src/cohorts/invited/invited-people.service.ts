import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { foldedWords } from '../../common/texts/fold.js';
import type { InvitedPeopleQuery, InvitedPerson } from '../../contracts/cohorts/cohorts.js';
import { idOf } from '../../infra/mongo/ids.js';
import { InvitationsRepository } from '../invitations/invitations.repository.js';
import { waitingSince } from '../invitations/letter-state.js';
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
    private readonly clock: Clock,
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
    const now = this.clock.now();
    const names = await this.projects.names(rows.flatMap((row) => row.projectIds));
    return { items: rows.map((row) => presentInvited(row, names, now)) };
  }

  /** Who is invited to a cohort and has not come yet, by invitation, and whether their letter has left. */
  async named(cohortId: string): Promise<Map<string, Pick<InvitedPerson, 'invitationId' | 'name' | 'isSent'>>> {
    const now = this.clock.now();
    const rows = await this.invitations.openIn(idOf(cohortId));
    return new Map(
      rows.map((row) => {
        const invitationId = String(row._id);
        return [invitationId, { invitationId, name: row.name, isSent: waitingSince(row, now) !== null }];
      }),
    );
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
