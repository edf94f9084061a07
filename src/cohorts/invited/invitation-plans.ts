import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { invalid } from '../../common/problem.js';
import type { InvitedPerson, UpdateProject } from '../../contracts/cohorts/cohorts.js';
import type { FieldProblem } from '../../contracts/primitives.js';
import type { Role } from '../../contracts/roles.js';
import { toId } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { projectChanged } from '../cohorts.events.js';
import type { InvitationRow } from '../invitations/invitation.schema.js';
import { type InvitedRow, InvitationsRepository } from '../invitations/invitations.repository.js';
import { waitingSince } from '../invitations/letter-state.js';
import { type MemberRow, MembershipsRepository } from '../members/memberships.repository.js';
import { ProjectsRepository } from '../projects/projects.repository.js';

const MAX_FELLOWS = 6;
const MAX_HOSTS = 10;

/** What a project is asked to have, and what it has. */
interface AskedTeam {
  projectId: Types.ObjectId;
  body: Pick<UpdateProject, 'invitedIds' | 'coachId' | 'fellowIds' | 'hostIds'>;
  coachId: Types.ObjectId | null;
}

/**
 * Who is invited can be planned with before they come: their invitation carries the projects that they will be in, host or coach. The plan is
 * done in the transaction in which they join, and is no right of any kind before.
 */
@Injectable()
export class InvitationPlans {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly projects: ProjectsRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Makes the invitations of a cohort follow what a project is asked to have. A coach who is there takes the place of one who is invited.
   * Throws 422 `/invitedIds/n` `not_invited` (also for who accepted meanwhile), `only_one_coach`, `/invitedIds` `too_many`.
   */
  async follow(cohortId: Types.ObjectId, asked: AskedTeam, session: ClientSession): Promise<void> {
    const { projectId, body } = asked;
    if (!body.invitedIds) {
      if (body.coachId) await this.invitations.unplanCoaches(cohortId, projectId, session);
      return;
    }
    const open = new Map((await this.invitations.openIn(cohortId, session)).map((row) => [String(row._id), row]));
    const wanted = body.invitedIds.map((id) => open.get(id.toLowerCase()));
    const errors = problemsOf(wanted, asked);
    if (errors.length > 0) throw invalid(errors);
    await this.invitations.plan(
      cohortId,
      projectId,
      wanted.flatMap((row) => row?._id ?? []),
      session,
    );
  }

  /** Who is invited to a cohort and what is planned with them, by name. */
  async openIn(cohortId: Types.ObjectId): Promise<InvitedRow[]> {
    const rows = await this.invitations.openIn(cohortId);
    return rows.sort((a, b) => a.name.localeCompare(b.name));
  }

  /**
   * Makes the member with all that was planned. Who is a member already stays as they are, whatever the invitation says: then it returns
   * false. One that was made of applications puts them into its teams all the same: they had not shown before that the address is theirs. A project that has a coach by now
   * keeps them.
   */
  async apply(
    {
      cohortId,
      role,
      craft,
      projectIds,
      applicationIds = [],
    }: Pick<InvitationRow, 'cohortId' | 'role' | 'craft' | 'projectIds' | 'applicationIds'>,
    userId: Types.ObjectId,
    joinedAt: Date,
    session: ClientSession,
  ): Promise<boolean> {
    const projectId = projectOf({ role, projectIds });
    const isNew = await this.memberships.join({ cohortId, userId, role, craft, projectId, joinedAt }, session);
    if (isNew && role === 'host' && projectIds.length > 0) await this.projects.addHost(projectIds, userId, session);
    if (isNew && role === 'coach' && projectIds.length > 0) await this.projects.addCoach(projectIds, userId, session);
    if (!isNew && applicationIds.length > 0) {
      const [member] = await this.memberships.inCohort(cohortId, { userIds: [userId] }, session);
      if (member?.role === role) {
        await this.place(member, projectIds, session);
        for (const id of projectIds)
          await this.outbox.write(projectChanged, { cohortId: String(cohortId), projectId: String(id) }, session);
      }
    }
    return isNew;
  }

  /** Puts a member into projects. Returns them where they are somewhere else from now on. */
  async place(member: MemberRow, projectIds: readonly Types.ObjectId[], session: ClientSession): Promise<MemberRow[]> {
    const { cohortId, userId, role } = member;
    if (role === 'host') await this.projects.addHost(projectIds, userId, session);
    const [projectId] = projectIds;
    const moves = projectId && (role === 'fellow' ? !member.projectId?.equals(projectId) : !member.projectId);
    if (!moves) return [];
    await this.memberships.place(cohortId, [userId], projectId, session);
    return [{ ...member, projectId }];
  }
}

/** The project that the membership itself names: of fellows and hosts, the first. */
export const projectOf = ({ role, projectIds }: Pick<InvitationRow, 'role' | 'projectIds'>): Types.ObjectId | null =>
  role === 'fellow' || role === 'host' ? (projectIds[0] ?? null) : null;

/** Somebody who is invited, as the programme team plans with them. */
export const presentInvited = (row: InvitedRow, names: ReadonlyMap<string, string>, now: Date): InvitedPerson => ({
  invitationId: String(row._id),
  name: row.name,
  email: row.email,
  role: row.role,
  craft: (row.craft ?? null) as InvitedPerson['craft'],
  projectIds: row.projectIds.map(String),
  projectNames: row.projectIds.flatMap((id) => names.get(String(id)) ?? []),
  isSent: waitingSince(row, now) !== null,
});

function problemsOf(wanted: readonly (InvitedRow | undefined)[], { body, coachId }: AskedTeam): FieldProblem[] {
  const ofRole = (role: Role) => wanted.filter((row) => row?.role === role).length;
  const hasCoach = Boolean(body.coachId === undefined ? coachId : toId(body.coachId ?? ''));
  let coaches = hasCoach ? 1 : 0;
  const errors = wanted.flatMap((row, index): FieldProblem[] => {
    const field = `/invitedIds/${index}`;
    if (!row || row.role === 'staff') return [{ field, code: 'not_invited' }];
    if (row.role !== 'coach') return [];
    coaches += 1;
    return coaches > 1 ? [{ field, code: 'only_one_coach' }] : [];
  });
  const isTooMany =
    (body.fellowIds?.length ?? 0) + ofRole('fellow') > MAX_FELLOWS ||
    (body.hostIds?.length ?? 0) + ofRole('host') > MAX_HOSTS;
  return isTooMany ? [...errors, { field: '/invitedIds', code: 'too_many' }] : errors;
}
