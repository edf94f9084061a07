import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { AccountService } from '../../auth/account.service.js';
import { addressConfirmed } from '../../auth/auth.events.js';
import { type LoginResult, LoginsService, accountEnded } from '../../auth/logins/logins.service.js';
import type { Origin } from '../../auth/origin.js';
import { hashPassword } from '../../auth/logins/passwords.js';
import { People } from '../../auth/people.js';
import type { UserRow } from '../../auth/user.schema.js';
import { type NewUser, UsersRepository, isNameless } from '../../auth/users.repository.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, invalidField, notFound, unauthorized } from '../../common/problem.js';
import type { AcceptInvitation, InvitationView } from '../../contracts/auth/auth.js';
import { networkCounts } from '../../infra/http/network.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { type Limit, RateLimits } from '../../infra/redis/rate-limits.js';
import type { CohortRow } from '../cohort.schema.js';
import { memberJoined } from '../cohorts.events.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { inviterOf } from './invitation-letter.js';
import { InvitationMails } from './invitation-mails.js';
import type { InvitationRow } from './invitation.schema.js';
import { InvitationsRepository } from './invitations.repository.js';
import { InvitationPlans, projectOf } from '../invited/invitation-plans.js';
import { FilesOfInvitedPort, PlannedWithInvitedPort } from '../invited/joining.js';
import { notOpen, stateOf, withdrawn } from './invitations.service.js';
import { letterOf, waitingSince } from './letter-state.js';
import { ProjectsRepository } from '../projects/projects.repository.js';

/** A whole cohort may accept from behind one address, beside a stranger: only what is no link of ours counts, and waits. */
const byNetwork: Limit = { name: 'invitation-network', points: 300, seconds: 15 * 60 };
/** The owner of an address hears of it when others try to open an account there; not each time. */
const tried: Limit = { name: 'invitation-tried', points: 1, seconds: 60 * 60 };
/** Nor again and again: an address gets so many of these letters in a week, whoever invited it and however often it is tried. */
const triedTo: Limit = { name: 'invitation-tried-to', points: 3, seconds: 7 * 24 * 60 * 60 };

/** What a link opens. `byMail`: whoever holds it reads the mail of the address. */
interface Opened {
  invitation: InvitationRow;
  cohort: CohortRow;
  byMail: boolean;
}

/** The side of the invited: reading an invitation, and accepting it. */
@Injectable()
export class Accepting {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly plans: InvitationPlans,
    private readonly planned: PlannedWithInvitedPort,
    private readonly files: FilesOfInvitedPort,
    private readonly projects: ProjectsRepository,
    private readonly users: UsersRepository,
    private readonly people: People,
    private readonly account: AccountService,
    private readonly mails: InvitationMails,
    private readonly logins: LoginsService,
    private readonly limits: RateLimits,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Throws 404 for a token that is not ours, 409 `invitation_used`, `invitation_revoked`, `invitation_expired`, `cohort_closed`. */
  async view(token: string, origin: Origin): Promise<InvitationView> {
    const { invitation, cohort, byMail } = await this.open(token, origin);
    const [known, [host], names] = await Promise.all([
      byMail ? this.users.byEmail(invitation.email) : null,
      this.people.faces([String(invitation.invitedBy)]),
      this.projects.names(invitation.projectIds),
    ]);
    return {
      email: invitation.email,
      name: invitation.name,
      role: invitation.role,
      cohortName: cohort.name,
      cohortColor: cohort.color,
      projectName: invitation.projectIds.flatMap((id) => names.get(String(id)) ?? []).join(', ') || null,
      invitedBy: inviterOf(host),
      locale: invitation.locale,
      known: byMail ? known !== null && !known.unconfirmedIn : null,
    };
  }

  /**
   * Makes the member, once; a new person gets an account first. The link of a mail confirms the address, and gives its owner an account there
   * that nobody confirmed. Throws as {@link view}, 401 `sign_in_to_accept` for an address with an account when not signed in, 409
   * `other_account` when signed in as somebody else, `confirm_first` where an unconfirmed one would join another cohort, 403 `account_ended`
   * for a closed one, 422 `/password` `required`.
   */
  async accept(token: string, body: AcceptInvitation, bearer: string | null, origin: Origin): Promise<LoginResult> {
    const opened = await this.open(token, origin);
    const { invitation } = opened;
    const isAnybody = !opened.byMail && bearer === null;
    // Whoever holds a copied link is asked for the same, whether the address has an account or not.
    if (isAnybody && body.password === undefined) throw invalidField('/password', 'required');
    const known = await this.users.byEmail(invitation.email);
    const signedIn = bearer === null ? null : await this.logins.personBehind(bearer);
    if (signedIn !== null && signedIn !== String(known?._id)) {
      throw conflict('other_account', 'You are signed in with another address. Sign out first.');
    }
    const { userId, isNew, accepted } = known
      ? await this.joinAsKnown(opened, known, signedIn !== null, body)
      : await this.joinAsNew(opened, await this.newUser(opened, body));
    if (isNew) this.bus.publish(memberJoined, joiningOf(accepted, userId));
    return await this.logins.begin(String(userId), origin);
  }

  /** Signed in, or with a mail that shows that an account which nobody confirmed is theirs. */
  private async joinAsKnown(opened: Opened, known: UserRow, isSignedIn: boolean, body: AcceptInvitation) {
    const { invitation, byMail } = opened;
    if (known.ended && (isSignedIn || byMail)) throw accountEnded(known.ended);
    if (!isSignedIn && byMail && known.unconfirmedIn) return await this.takeOver(opened, known._id, body);
    if (!isSignedIn) {
      if (!byMail) await this.tellOwner(invitation);
      throw signInToAccept();
    }
    if (!byMail && known.unconfirmedIn && !known.unconfirmedIn.equals(invitation.cohortId)) throw confirmFirst();
    return await this.join(invitation, async (session) => {
      // An account that is closed at the same moment gives up this membership, too, or is found closed here.
      if (!(await this.users.seen(known._id, new Date(), session)))
        throw accountEnded(await this.users.ended(known._id));
      if (byMail && (await this.users.confirmEmail(known._id, known.email, session)) && known.unconfirmedIn)
        await this.outbox.write(addressConfirmed, { userId: String(known._id) }, session);
      if (isNameless(known)) await this.users.giveName(known._id, invitation.name, this.clock.now(), session);
      return known._id;
    });
  }

  private async takeOver(opened: Opened, userId: Types.ObjectId, body: AcceptInvitation) {
    const owner = await this.newUser(opened, body);
    const joined = await this.join(opened.invitation, async (session) => {
      if (!(await this.account.takeOver(userId, owner, session))) throw signInToAccept();
      return userId;
    });
    await this.logins.endAll(String(userId), 'password_changed');
    return joined;
  }

  /** Somebody holds the link that staff copy and knows no password of the account there: its owner gets the letter again, but where that is on its way, and none before staff have sent the first. */
  private async tellOwner(invitation: InvitationRow): Promise<void> {
    const { _id, cohortId, email, expiresAt } = invitation;
    const now = this.clock.now();
    const isStillToGo = !waitingSince(invitation, now) || letterOf(invitation, now) === 'planned';
    if (isStillToGo || (await this.invitations.free(cohortId, [_id], now)).length === 0) return;
    if ((await this.limits.pace(tried, String(_id))) > 0 || (await this.limits.pace(triedTo, email)) > 0) return;
    await this.mails.ask(cohortId, [_id], { dueAt: now, now, endsAt: expiresAt });
  }

  private async newUser({ invitation, cohort, byMail }: Opened, body: AcceptInvitation): Promise<NewUser> {
    if (body.password === undefined) throw invalidField('/password', 'required');
    return {
      email: invitation.email,
      name: body.name ?? invitation.name,
      passwordHash: await hashPassword(body.password),
      locale: body.locale ?? invitation.locale,
      timeZone: body.timeZone ?? invitation.timeZone ?? cohort.timeZone,
      craft: invitation.craft ?? null,
      ...(!byMail && { unconfirmedIn: invitation.cohortId }),
      createdAt: this.clock.now(),
    };
  }

  private async joinAsNew({ invitation, byMail }: Opened, user: NewUser) {
    try {
      return await this.join(invitation, async (session) => {
        const userId = await this.users.insertOrBecome(user, invitation.cohortId, session);
        if (!byMail) await this.account.askToConfirm(userId, user.email, session);
        return userId;
      });
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
  ): Promise<{ userId: Types.ObjectId; isNew: boolean; accepted: InvitationRow }> {
    const now = this.clock.now();
    const { tell, ...joined } = await this.transactions.run(async (session) => {
      // Closing makes alumni of all fellows there are: who comes at the same moment is one of them, or finds the cohort closed.
      if (!(await this.cohorts.hold(invitation.cohortId, session))) throw cohortClosed();
      // With what is planned by now: it may have been chosen since the link was opened.
      const accepted = await this.invitations.accept(invitation._id, now, session);
      if (!accepted) throw notOpen((await this.invitations.byId(invitation._id)) ?? invitation);
      await this.takePlaces(accepted, session);
      const userId = await personOf(session);
      await this.invitations.acceptedBy(invitation._id, userId, session);
      const isNew = await this.plans.apply(accepted, userId, now, session);
      const who = { cohortId: accepted.cohortId, invitationId: accepted._id, userId };
      const tell = isNew ? await this.planned.provider.joined(who, session) : () => undefined;
      if (isNew) await this.outbox.write(memberJoined, joiningOf(accepted, userId), session);
      return { userId, isNew, accepted, tell };
    });
    tell();
    return joined;
  }

  /** Who joins has a place by that. Of who lost theirs at the same moment the invitation is about to be withdrawn. */
  private async takePlaces({ applicationIds = [] }: InvitationRow, session: ClientSession): Promise<void> {
    if (applicationIds.length > 0 && !(await this.files.provider.joined(applicationIds, session))) throw withdrawn();
  }

  private async open(token: string, origin: Origin): Promise<Opened> {
    const link = this.mails.read(token);
    if (!link) await this.limits.takeAll(networkCounts(byNetwork, origin.network));
    const invitation = link && (await this.invitations.byId(link.id));
    const cohort = invitation && (await this.cohorts.byId(invitation.cohortId));
    if (!cohort) throw notFound();
    const isOld = !link.byMail && link.linkKey !== invitation.linkKey;
    if (isOld || stateOf(invitation, this.clock.now()) !== 'pending') throw notOpen(invitation);
    if (cohort.state === 'closed') throw cohortClosed();
    return { invitation, cohort, byMail: link.byMail };
  }
}

function joiningOf(invitation: InvitationRow, userId: Types.ObjectId) {
  const { cohortId, role } = invitation;
  const projectId = projectOf(invitation);
  return { cohortId: String(cohortId), userId: String(userId), role, projectId: projectId && String(projectId) };
}

const cohortClosed = () => conflict('cohort_closed', 'This cohort is closed.');

const confirmFirst = () =>
  conflict(
    'confirm_first',
    'Your address is not confirmed yet. Follow the link of the mail that we sent there, then accept.',
  );

const signInToAccept = () =>
  unauthorized('sign_in_to_accept', 'This address has an account. Sign in with it, then accept.');
