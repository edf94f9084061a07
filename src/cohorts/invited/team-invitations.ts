import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { UsersRepository } from '../../auth/users.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import type { InvitePerson } from '../../contracts/cohorts/cohorts.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { memberChanged, projectChanged } from '../cohorts.events.js';
import { InvitationImport, type MadeOfFiles } from '../invitations/invitation-import.service.js';
import { InvitationsOfFiles } from '../invitations/invitations-of-files.js';
import { type InvitedRow, InvitationsRepository } from '../invitations/invitations.repository.js';
import { waitingSince } from '../invitations/letter-state.js';
import { type MemberRow, MembershipsRepository } from '../members/memberships.repository.js';
import { FollowedFilesRepository } from './followed-files.repository.js';
import { InvitationPlans } from './invitation-plans.js';

/** Somebody whose applications led into teams, as a host of some projects or a fellow of one. Each address stands once among those who are invited together. */
export interface ForTeams extends Pick<InvitePerson, 'email' | 'name' | 'craft' | 'locale' | 'timeZone'> {
  role: 'fellow' | 'host';
  projectIds: Types.ObjectId[];
  applicationIds: Types.ObjectId[];
}

/** Takes applications into a transaction, so that who withdraws comes before or after; the ids of those that are accepted still. */
export type HoldFiles = (
  applicationIds: readonly Types.ObjectId[],
  session: ClientSession,
) => Promise<ReadonlySet<string>>;

/** Somebody who is in the cohort, or has an invitation that is good. */
interface Known {
  person: ForTeams;
  member: MemberRow | undefined;
  invitation: InvitedRow | undefined;
}

/** Says that letters of some could not be written now: it is to be tried again. */
export class NotInvited extends Error {}

/**
 * Invites people into teams. Who has an invitation keeps it, with their projects planned; who is a member with that role comes into them at once; who has another role stays as they
 * are. Whose account at an address has not shown that it is theirs is no member here: their place is of who reads the mail there, and is invited. Each application is followed once, in one transaction with the note that it was: whatever staff do with its person from then on stands, however often it is tried for others.
 */
@Injectable()
export class TeamInvitations {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly plans: InvitationPlans,
    private readonly invitations: InvitationsRepository,
    private readonly ofFiles: InvitationsOfFiles,
    private readonly followed: FollowedFilesRepository,
    private readonly memberships: MembershipsRepository,
    private readonly users: UsersRepository,
    private readonly imports: InvitationImport,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** `byId`: whose name stands in the letters. Throws {@link NotInvited} where a mailbox gets no more letters today; all others are invited then. */
  async invite(cohortId: Types.ObjectId, byId: string, people: readonly ForTeams[], hold: HoldFiles): Promise<void> {
    const cohort = await this.cohorts.byId(cohortId);
    if (cohort?.state !== 'running') return;
    const actor: CohortActor = {
      ...{ userId: byId, loginId: '', isAdmin: false, cohortId: String(cohortId), role: 'staff', projectId: null },
      ...{ cohortTimeZone: cohort.timeZone, cohortState: cohort.state },
    };
    await this.plan(cohortId, people, hold);
    const strangers = await this.left(people);
    await this.write(actor, cohortId, strangers, hold);
    // Who joined, or was invited by hand, in between.
    if ((await this.left(strangers)).length > 0) await this.plan(cohortId, strangers, hold);
    const { length } = await this.left(strangers);
    if (length > 0) throw new NotInvited(`${length} of ${people.length} get no letter today`);
  }

  /** What {@link invite} would make of people, by their address. Staff keep a letter for their own reasons: that somebody comes into a team sends none, but is said (`not_sent`). */
  async becoming(
    cohortId: Types.ObjectId,
    people: readonly Pick<ForTeams, 'email' | 'role'>[],
  ): Promise<Map<string, 'invited' | 'planned' | 'not_sent' | 'placed' | 'other_role'>> {
    const emails = people.map(({ email }) => email);
    const users = await this.users.ownersOf(emails);
    const [members, open] = await Promise.all([this.memberships.inCohort(cohortId), this.invitations.openIn(cohortId)]);
    const roles = new Map(members.map((member) => [String(member.userId), member.role]));
    const now = this.clock.now();
    const invited = new Map(this.good(open).map((row) => [row.email, row]));
    return new Map(
      people.map(({ email, role }) => {
        const [as, invitation] = [roles.get(String(users.get(email))), invited.get(email)];
        if (as !== undefined) return [email, as === role ? 'placed' : 'other_role'];
        if (invitation === undefined) return [email, 'invited'];
        if (invitation.role !== role) return [email, 'other_role'];
        return [email, waitingSince(invitation, now) ? 'planned' : 'not_sent'];
      }),
    );
  }

  /** An application stands no more: who was invited by it alone, and has not come, is not invited any more. */
  async end(applicationId: Types.ObjectId): Promise<void> {
    await this.ofFiles.end(applicationId);
  }

  /** An application is erased: nothing that was made of it keeps a name or an address, but of who came. */
  async forget(applicationId: Types.ObjectId): Promise<void> {
    await this.ofFiles.forget(applicationId);
    await this.followed.forget(applicationId);
  }

  /** An invitation that is over is as none: the next one takes its place. */
  private good(open: readonly InvitedRow[]): InvitedRow[] {
    const now = this.clock.now();
    return open.filter(({ expiresAt }) => expiresAt > now);
  }

  /** Those whose applications were not followed yet, each with these alone. */
  private async left(people: readonly ForTeams[], session?: ClientSession): Promise<ForTeams[]> {
    const done = await this.followed.among(
      people.flatMap(({ applicationIds }) => applicationIds),
      session,
    );
    return people.flatMap((person) => {
      const applicationIds = person.applicationIds.filter((id) => !done.has(String(id)));
      return applicationIds.length > 0 ? [{ ...person, applicationIds }] : [];
    });
  }

  /** Writes the invitations that are not there. With one error nobody is invited: then the others are, without these, until all of who is left are. */
  private async write(
    actor: CohortActor,
    cohortId: Types.ObjectId,
    people: readonly ForTeams[],
    hold: HoldFiles,
  ): Promise<void> {
    const filesOf = new Map(people.map(({ email, applicationIds }) => [email, applicationIds]));
    const made: MadeOfFiles = {
      projectIds: new Map(people.map(({ email, projectIds }) => [email, projectIds])),
      take: async (rows, session) => {
        const applicationIds = rows.flatMap(({ email }) => filesOf.get(email) ?? []);
        const standing = await hold(applicationIds, session);
        await this.note(cohortId, applicationIds, session);
        return rows.flatMap((row) => {
          const theirs = (filesOf.get(row.email) ?? []).filter((id) => standing.has(String(id)));
          return theirs.length > 0 ? [{ ...row, applicationIds: theirs }] : [];
        });
      },
    };
    let lines = people.map(({ projectIds: _, applicationIds: __, ...person }) => person);
    while (lines.length > 0) {
      const { errors } = await this.imports.people(actor, lines, { dryRun: false, made });
      if (errors.length === 0) return;
      const wrong = new Set(errors.map(({ line }) => line));
      lines = lines.filter((_, index) => !wrong.has(index + 1));
    }
  }

  /** Plans with those who are invited, and puts those who are members into their teams. */
  private async plan(cohortId: Types.ObjectId, people: readonly ForTeams[], hold: HoldFiles): Promise<void> {
    const moved = await this.transactions.run(async (session) => {
      // Who accepts an invitation holds the cohort, too: they come before, as a member, or after, with what is planned.
      if (!(await this.cohorts.hold(cohortId, session))) return [];
      const known = await this.known(cohortId, await this.left(people, session), session);
      const applicationIds = known.flatMap(({ person }) => person.applicationIds);
      const standing = await hold(applicationIds, session);
      await this.note(cohortId, applicationIds, session);
      const changed = new Set<string>();
      const placed: MemberRow[] = [];
      for (const one of known) {
        const { role, projectIds } = one.person;
        const theirs = one.person.applicationIds.filter((id) => standing.has(String(id)));
        if (theirs.length === 0) continue;
        if (one.member?.role === role) {
          placed.push(...(await this.plans.place(one.member, projectIds, session)));
          projectIds.forEach((id) => changed.add(String(id)));
        } else if (!one.member && one.invitation?.role === role)
          await this.invitations.planAlso(one.invitation, { projectIds, applicationIds: theirs }, session);
      }
      for (const projectId of changed)
        await this.outbox.write(projectChanged, { cohortId: String(cohortId), projectId }, session);
      return placed;
    });
    for (const { userId, role, projectId } of moved)
      this.bus.publish(memberChanged, {
        ...{ cohortId: String(cohortId), userId: String(userId), role },
        projectId: projectId ? String(projectId) : null,
      });
  }

  private async known(cohortId: Types.ObjectId, people: readonly ForTeams[], session: ClientSession): Promise<Known[]> {
    const emails = people.map(({ email }) => email);
    const users = await this.users.ownersOf(emails, session);
    const userIds = [...users.values()];
    const members = new Map(
      (await this.memberships.inCohort(cohortId, { userIds }, session)).map((row) => [String(row.userId), row]),
    );
    const open = new Map(this.good(await this.invitations.openIn(cohortId, session)).map((row) => [row.email, row]));
    return people.flatMap((person): Known[] => {
      const member = members.get(String(users.get(person.email)));
      const invitation = open.get(person.email);
      return member || invitation ? [{ person, member, invitation }] : [];
    });
  }

  private async note(
    cohortId: Types.ObjectId,
    applicationIds: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<void> {
    const at = this.clock.now();
    await this.followed.insert(
      applicationIds.map((_id) => ({ _id, cohortId, at })),
      session,
    );
  }
}
