import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { AccessTokens } from '../auth/access-tokens.js';
import { LinkTokens } from '../auth/link-tokens.js';
import { type LoginResult, LoginsService, type Origin } from '../auth/logins.service.js';
import { hashPassword } from '../auth/passwords.js';
import { People } from '../auth/people.js';
import { Revocations } from '../auth/revocations.js';
import { UsersRepository } from '../auth/users.repository.js';
import { Clock } from '../common/clock.js';
import { conflict, invalidField, notFound, unauthorized } from '../common/problem.js';
import type { AcceptInvitation, InvitationView } from '../contracts/auth.js';
import { EventBus } from '../infra/events/event-bus.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { toId } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { type Limit, RateLimits } from '../infra/redis/rate-limits.js';
import type { CohortRow } from './cohort.schema.js';
import { memberJoined, projectChanged } from './cohorts.events.js';
import { CohortsRepository } from './cohorts.repository.js';
import type { InvitationRow } from './invitation.schema.js';
import { InvitationsRepository } from './invitations.repository.js';
import { notOpen, stateOf } from './invitations.service.js';
import { MembershipsRepository } from './memberships.repository.js';
import { ProjectsRepository } from './projects.repository.js';

/** A whole cohort may accept from behind one address: only what is no link of ours counts. */
const byAddress: Limit = { name: 'invitation-address', points: 300, seconds: 15 * 60 };

/** The side of the invited: reading an invitation, and accepting it. */
@Injectable()
export class Accepting {
  constructor(
    private readonly links: LinkTokens,
    private readonly invitations: InvitationsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly projects: ProjectsRepository,
    private readonly users: UsersRepository,
    private readonly people: People,
    private readonly tokens: AccessTokens,
    private readonly revocations: Revocations,
    private readonly logins: LoginsService,
    private readonly limits: RateLimits,
    private readonly transactions: Transactions,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Throws 404 for a token that is not ours, 409 `invitation_used`, `invitation_revoked`, `invitation_expired`, `cohort_closed`. */
  async view(token: string, origin: Origin): Promise<InvitationView> {
    const { invitation, cohort } = await this.open(token, origin);
    const [known, [host], names] = await Promise.all([
      this.users.byEmails([invitation.email]),
      this.people.faces([String(invitation.invitedBy)]),
      this.projects.names(invitation.projectId ? [invitation.projectId] : []),
    ]);
    return {
      email: invitation.email,
      name: invitation.name,
      role: invitation.role,
      cohortName: cohort.name,
      cohortColor: cohort.color,
      projectName: invitation.projectId ? (names.get(String(invitation.projectId)) ?? null) : null,
      invitedBy: host?.name ?? null,
      locale: invitation.locale,
      known: known.length > 0,
    };
  }

  /**
   * Makes the member, once; a new person gets an account first. Throws as {@link view}, 401 `sign_in_to_accept` for an address with
   * an account when not signed in, 409 `other_account` when signed in as somebody else, 422 `/password` `required`.
   */
  async accept(token: string, body: AcceptInvitation, bearer: string | null, origin: Origin): Promise<LoginResult> {
    const { invitation, cohort } = await this.open(token, origin);
    const [known] = await this.users.byEmails([invitation.email]);
    const signedIn = bearer === null ? null : await this.personBehind(bearer);
    if (signedIn !== null && signedIn !== String(known?._id)) {
      throw conflict('other_account', 'You are signed in with another address. Sign out first.');
    }
    if (known && signedIn === null) throw signInToAccept();
    const { userId, isNew } = known
      ? await this.join(invitation, () => Promise.resolve(known._id))
      : await this.joinAsNew(invitation, cohort, body);
    if (isNew) this.tell(invitation, userId);
    return await this.logins.begin(String(userId), origin);
  }

  private async joinAsNew(invitation: InvitationRow, cohort: CohortRow, body: AcceptInvitation) {
    if (body.password === undefined) throw invalidField('/password', 'required');
    const user = {
      email: invitation.email,
      name: body.name ?? invitation.name,
      passwordHash: await hashPassword(body.password),
      locale: body.locale ?? invitation.locale,
      timeZone: body.timeZone ?? cohort.timeZone,
      craft: invitation.craft ?? null,
      createdAt: this.clock.now(),
    };
    try {
      return await this.join(invitation, (session) => this.users.insertOrBecome(user, session));
    } catch (error) {
      // The address got an account in between, by another invitation.
      if (isDuplicateKey(error, 'email')) throw signInToAccept();
      throw error;
    }
  }

  /** Uses the invitation up and makes the member in one go. */
  private async join(
    invitation: InvitationRow,
    personOf: (session: ClientSession) => Promise<Types.ObjectId>,
  ): Promise<{ userId: Types.ObjectId; isNew: boolean }> {
    const now = this.clock.now();
    return await this.transactions.run(async (session) => {
      // Closing makes alumni of all fellows there are: who comes at the same moment is one of them, or finds the cohort closed.
      if (!(await this.cohorts.hold(invitation.cohortId, session))) throw cohortClosed();
      if (!(await this.invitations.accept(invitation._id, now, session))) {
        throw notOpen((await this.invitations.byId(invitation._id)) ?? invitation);
      }
      const userId = await personOf(session);
      await this.invitations.acceptedBy(invitation._id, userId, session);
      return { userId, isNew: await this.enter(invitation, userId, now, session) };
    });
  }

  /** Who is a member already stays as they are, whatever the invitation says; false then. */
  private async enter(
    invitation: InvitationRow,
    userId: Types.ObjectId,
    now: Date,
    session: ClientSession,
  ): Promise<boolean> {
    const { cohortId, role } = invitation;
    const projectId = invitation.projectId ?? null;
    const hasProject = role === 'fellow' || role === 'host';
    const isNew = await this.memberships.join(
      { cohortId, userId, role, projectId: hasProject ? projectId : null, joinedAt: now },
      session,
    );
    if (isNew && projectId && role === 'host') await this.projects.addHost(projectId, userId, session);
    if (isNew && projectId && role === 'coach') await this.projects.addCoach(projectId, userId, session);
    return isNew;
  }

  private tell({ cohortId, role, projectId }: InvitationRow, userId: Types.ObjectId): void {
    const hasProject = role === 'fellow' || role === 'host';
    this.bus.publish(memberJoined, {
      cohortId: String(cohortId),
      userId: String(userId),
      role,
      projectId: hasProject && projectId ? String(projectId) : null,
    });
    if (projectId) this.bus.publish(projectChanged, { cohortId: String(cohortId), projectId: String(projectId) });
  }

  private async open(token: string, origin: Origin): Promise<{ invitation: InvitationRow; cohort: CohortRow }> {
    await this.limits.take(byAddress, origin.address);
    const id = toId(this.links.verify('invitation', token) ?? '');
    const invitation = id && (await this.invitations.byId(id));
    const cohort = invitation && (await this.cohorts.byId(invitation.cohortId));
    if (!cohort) throw notFound();
    await this.limits.giveBack(byAddress, origin.address);
    if (stateOf(invitation, this.clock.now()) !== 'pending') throw notOpen(invitation);
    if (cohort.state === 'closed') throw cohortClosed();
    return { invitation, cohort };
  }

  /** The route is open to all, so it reads the token of who is signed in itself. An old token is refused as anywhere else. */
  private async personBehind(bearer: string): Promise<string> {
    const claims = await this.tokens.read(bearer, 'api');
    if (!claims || this.revocations.isEnded(claims.sid)) throw unauthorized();
    return claims.sub;
  }
}

const cohortClosed = () => conflict('cohort_closed', 'This cohort is closed.');

const signInToAccept = () =>
  unauthorized('sign_in_to_accept', 'This address has an account. Sign in with it, then accept.');
