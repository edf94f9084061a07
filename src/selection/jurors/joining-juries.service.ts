import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { AccountService } from '../../auth/account.service.js';
import { addressConfirmed } from '../../auth/auth.events.js';
import { type LoginResult, LoginsService, accountEnded } from '../../auth/logins/logins.service.js';
import { hashPassword } from '../../auth/logins/passwords.js';
import type { Origin } from '../../auth/origin.js';
import type { UserRow } from '../../auth/user.schema.js';
import { type NewUser, UsersRepository, isNameless } from '../../auth/users.repository.js';
import { CallsRepository } from '../../calls/calls.repository.js';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { conflict, invalidField, notFound, unauthorized } from '../../common/problem.js';
import { Clock, DAY } from '../../common/times/clock.js';
import type { AcceptJury, JuryView } from '../../contracts/selection/jurors.js';
import { networkCounts } from '../../infra/http/network.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { type Limit, RateLimits } from '../../infra/redis/rate-limits.js';
import { JurorMails } from './juror-mails.js';
import type { JurorRow } from './juror.schema.js';
import { JurorsRepository } from './jurors.repository.js';

/** Only what is no link of ours counts. */
const GOOD_DAYS = 60;
const byNetwork: Limit = { name: 'jury-network', points: 300, seconds: 15 * 60 };

/** What a link opens. It came by mail, to nobody else: whoever has it reads the mail of the address. */
interface Opened {
  juror: JurorRow;
  cohort: CohortRow;
  call: { title: { en: string; fr: string } };
}

/** Jurors follow the link of their mail, and read with an account from then on. */
@Injectable()
export class JoiningJuries {
  constructor(
    private readonly jurors: JurorsRepository,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly users: UsersRepository,
    private readonly account: AccountService,
    private readonly logins: LoginsService,
    private readonly mails: JurorMails,
    private readonly limits: RateLimits,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Throws 404 for a token that is not ours, 409 `jury_left`, `jury_expired`, `cohort_closed`. */
  async view(token: string, origin: Origin): Promise<JuryView> {
    const { juror, cohort, call } = await this.open(token, origin);
    const known = await this.users.byEmail(juror.email);
    return {
      ...{ email: juror.email, name: juror.name, callTitle: call.title, cohortName: cohort.name },
      ...{ cohortColor: cohort.color, locale: juror.locale, known: known !== null && !known.unconfirmedIn },
    };
  }

  /**
   * They are a juror from now on, once. Throws as {@link view}, 401 `sign_in_to_accept` for an address with an account when not signed in, 409 `other_account` when signed in as somebody
   * else, 403 `account_ended`, 422 `/password` `required`, 429 for who makes logins by it without end.
   */
  async accept(token: string, body: AcceptJury, bearer: string | null, origin: Origin): Promise<LoginResult> {
    const opened = await this.open(token, origin);
    const known = await this.users.byEmail(opened.juror.email);
    const signedIn = bearer === null ? null : await this.logins.personBehind(bearer);
    if (signedIn !== null && signedIn !== String(known?._id))
      throw conflict('other_account', 'You are signed in with another address. Sign out first.');
    const userId = known
      ? await this.joinAsKnown(opened, known, signedIn !== null, body)
      : await this.joinAsNew(opened, body);
    // Who has joined may follow the link again and again.
    if (known && opened.juror.state === 'joined') return await this.logins.beginAgain(known, origin);
    return await this.logins.begin(String(userId), origin);
  }

  private async joinAsKnown({ juror, cohort }: Opened, known: UserRow, isSignedIn: boolean, body: AcceptJury) {
    if (known.ended) throw accountEnded(known.ended);
    if (!isSignedIn && !known.unconfirmedIn) throw signInToAccept();
    // Nobody has shown yet that the address of this account is theirs: who reads its mail has it.
    const owner = isSignedIn ? null : await this.newUser(juror, cohort, body);
    const userId = await this.join(juror, async (session) => {
      if (owner && !(await this.account.takeOver(known._id, owner, session))) throw signInToAccept();
      if (!(await this.users.seen(known._id, new Date(), session)))
        throw accountEnded(await this.users.ended(known._id));
      if (isSignedIn && known.unconfirmedIn && (await this.users.confirmEmail(known._id, known.email, session)))
        await this.outbox.write(addressConfirmed, { userId: String(known._id) }, session);
      if (!owner && isNameless(known)) await this.users.giveName(known._id, juror.name, this.clock.now(), session);
      return known._id;
    });
    if (owner) await this.logins.endAll(String(userId), 'password_changed');
    return userId;
  }

  private async joinAsNew({ juror, cohort }: Opened, body: AcceptJury): Promise<Types.ObjectId> {
    const user = await this.newUser(juror, cohort, body);
    try {
      return await this.join(juror, async (session) => this.users.insert(user, session));
    } catch (error) {
      // The address got an account in between.
      if (isDuplicateKey(error, 'email')) throw signInToAccept();
      throw error;
    }
  }

  private async join(
    juror: JurorRow,
    personOf: (session: ClientSession) => Promise<Types.ObjectId>,
  ): Promise<Types.ObjectId> {
    return await this.transactions.run(async (session) => {
      const userId = await personOf(session);
      if (!(await this.jurors.join(juror._id, juror.key, userId, this.clock.now(), session))) throw juryLeft();
      return userId;
    });
  }

  private async newUser(juror: JurorRow, cohort: CohortRow, body: AcceptJury): Promise<NewUser> {
    if (body.password === undefined) throw invalidField('/password', 'required');
    return {
      ...{ email: juror.email, name: body.name ?? juror.name, passwordHash: await hashPassword(body.password) },
      ...{ locale: body.locale ?? juror.locale, timeZone: body.timeZone ?? cohort.timeZone },
      createdAt: this.clock.now(),
    };
  }

  private async open(token: string, origin: Origin): Promise<Opened> {
    const link = this.mails.readToken(token);
    if (!link) await this.limits.takeAll(networkCounts(byNetwork, origin.network));
    const juror = link && (await this.jurors.byId(link.jurorId));
    const call = juror && (await this.calls.byId(juror.callId));
    const cohort = juror && (await this.cohorts.byId(juror.cohortId));
    if (!call || !cohort) throw notFound();
    if (juror.state === 'left' || juror.key !== link.key) throw juryLeft();
    if (juror.state === 'invited' && this.clock.now().getTime() > goodUntil(juror)) throw juryExpired();
    if (cohort.state === 'closed') throw conflict('cohort_closed', 'This cohort is closed.');
    return { juror, cohort, call };
  }
}

/** Until when (ms) the link of somebody who has not come yet is good: each letter renews it. */
const goodUntil = ({ invitedAt, remindedAt, linkSentAt }: JurorRow) =>
  Math.max(...[invitedAt, remindedAt, linkSentAt].map((at) => at?.getTime() ?? 0)) + GOOD_DAYS * DAY;

const juryExpired = () => conflict('jury_expired', 'This link is too old. Ask the programme team for another one.');
const juryLeft = () => conflict('jury_left', 'You are not a juror of this call any more.');
const signInToAccept = () =>
  unauthorized('sign_in_to_accept', 'This address has an account. Sign in with it, then accept.');
