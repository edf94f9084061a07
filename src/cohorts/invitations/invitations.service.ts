import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import type { Invitation } from '../../contracts/cohorts/cohorts.js';
import type { PageQuery } from '../../contracts/primitives.js';
import type { Role } from '../../contracts/roles.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { ActorsNow } from '../members/actors-now.js';
import { InvitationMails } from './invitation-mails.js';
import type { InvitationRow } from './invitation.schema.js';
import { InvitationsRepository } from './invitations.repository.js';
import { letterOf, waitingSince } from './letter-state.js';
import { ProjectsRepository } from '../projects/projects.repository.js';

/** Who was invited and has not come yet. `invitedAt`: when the last letter went; null before the first has. */
export interface Waiting {
  invitationId: string;
  name: string;
  role: Role;
  invitedAt: Date | null;
}

const sinceOf = ({ invitedAt }: Waiting) => invitedAt?.getTime() ?? Number.MAX_SAFE_INTEGER;

/** The invitations of a cohort, for its staff. */
@Injectable()
export class Invitations {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly projects: ProjectsRepository,
    private readonly mails: InvitationMails,
    private readonly cohorts: CohortsRepository,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async page(
    actor: CohortActor,
    { limit, cursor }: PageQuery,
  ): Promise<{ items: Invitation[]; nextCursor: string | null }> {
    const before = cursor === undefined ? null : toId(String(decodeCursor(cursor, 1)[0]));
    if (cursor !== undefined && !before) throw invalidField('/cursor', 'wrong_format');
    const rows = await this.invitations.page(idOf(actor.cohortId), before, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, (row) => [String(row._id)]);
    return { items: await this.present(items), nextCursor };
  }

  /** Those who have not accepted yet, the longest waiting first; those whose letter is still to go come last. For the staff board. */
  async waiting(cohortId: string): Promise<Waiting[]> {
    const id = toId(cohortId);
    const rows = id ? await this.invitations.waiting(id) : [];
    const now = this.clock.now();
    return rows
      .map((row) => ({
        ...{ invitationId: String(row._id), name: row.name, role: row.role },
        invitedAt: waitingSince(row, now),
      }))
      .sort((a, b) => sinceOf(a) - sinceOf(b));
  }

  /** One, as staff see it. */
  async one(row: InvitationRow): Promise<Invitation> {
    const [invitation] = await this.present([row]);
    if (!invitation) throw notFound();
    return invitation;
  }

  /** Its link is dead from now on; again: the same. Throws 409 `invitation_used` for one that was accepted, and as {@link ActorsNow.mustLead}. */
  async revoke(actor: CohortActor, invitationId: string): Promise<void> {
    const row = await this.row(actor, invitationId);
    const revoked = await this.transactions.run(async (session) => {
      await this.cohorts.holdAny(row.cohortId, session);
      await this.actors.mustLead(actor, session);
      return await this.invitations.revoke(row.cohortId, [row._id], this.clock.now(), session);
    });
    if (revoked === 1) return;
    const now = await this.row(actor, invitationId);
    if (now.acceptedAt) throw notOpen(now);
  }

  /** Throws 404. */
  async row(actor: CohortActor, invitationId: string): Promise<InvitationRow> {
    const id = toId(invitationId);
    const row = id && (await this.invitations.inCohort(idOf(actor.cohortId), id));
    if (!row) throw notFound();
    return row;
  }

  private async present(rows: readonly InvitationRow[]): Promise<Invitation[]> {
    const names = await this.projects.names(rows.flatMap((row) => row.projectIds));
    const now = this.clock.now();
    return rows.map((row) => {
      const state = stateOf(row, now);
      const letter = letterOf(row, now);
      return {
        id: String(row._id),
        email: row.email,
        name: row.name,
        role: row.role,
        state,
        url: state === 'pending' ? this.mails.urlOf(row) : null,
        letter,
        sentAt: row.sentAt?.toISOString() ?? null,
        sendAt: row.mailDueAt && row.mailDueAt > now ? row.mailDueAt.toISOString() : null,
        refused:
          row.refusedAt && !row.failed && letter !== 'under_way'
            ? { at: row.refusedAt.toISOString(), answer: row.answer ?? null }
            : null,
        createdAt: row.createdAt.toISOString(),
        projectName: row.projectIds.flatMap((id) => names.get(String(id)) ?? []).join(', ') || null,
      };
    });
  }
}

/** What has become of an invitation by now. */
export function stateOf(
  row: Pick<InvitationRow, 'acceptedAt' | 'revokedAt' | 'expiresAt'>,
  now: Date,
): Invitation['state'] {
  if (row.acceptedAt) return 'accepted';
  if (row.revokedAt) return 'revoked';
  return row.expiresAt > now ? 'pending' : 'expired';
}

/** The problem of an invitation that was taken back. */
export const withdrawn = () => conflict('invitation_revoked', 'This invitation was withdrawn. Ask for a new one.');

/** 409 for an invitation that can no longer be used: `invitation_used`, `invitation_revoked`, `invitation_expired`. */
export function notOpen(row: Pick<InvitationRow, 'acceptedAt' | 'revokedAt'>) {
  if (row.acceptedAt) return conflict('invitation_used', 'This invitation was accepted already. Sign in instead.');
  if (row.revokedAt) return withdrawn();
  return conflict('invitation_expired', 'This invitation is over. Ask for a new one.');
}
