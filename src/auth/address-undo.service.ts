import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { DAY } from '../common/times/clock.js';
import { conflict } from '../common/problem.js';
import type { UndoEmail } from '../contracts/auth/auth.js';
import { EventBus } from '../infra/events/event-bus.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { RateLimits } from '../infra/redis/rate-limits.js';
import { AccountLinks, lifetime, linkUsedUp } from './account-links.js';
import { AccountMails } from './account-mails.js';
import { mailTo } from './address-limits.js';
import { addressRefused } from './auth.events.js';
import { GivingBack } from './giving-back.js';
import { keptFor } from './kept-addresses.js';
import { LoginsService } from './logins/logins.service.js';
import { MailRequestsRepository } from './mail-requests.repository.js';
import { UsersRepository } from './users.repository.js';

/** How long the old address can undo a change. */
export const UNDO_DAYS = 7;
/** What a mail server would say of the address of nobody (RFC 3463, section 3.2): none is sent there, and the staff of its person hear that none arrives. */
const NO_SUCH_PLACE = '5.1.2';

/** Taking an account back to the address that it had, from whoever moved it. */
@Injectable()
export class AddressUndo {
  constructor(
    private readonly users: UsersRepository,
    private readonly requests: MailRequestsRepository,
    private readonly links: AccountLinks,
    private readonly logins: LoginsService,
    private readonly mails: AccountMails,
    private readonly giving: GivingBack,
    private readonly limits: RateLimits,
    private readonly transactions: Transactions,
    private readonly bus: EventBus,
  ) {}

  /**
   * Gives the account back to the address that it had, whatever it became after: all logins end, and what goes on without one, the password is void, and a link to set one
   * goes there. Where that address has another account by now, all of this happens as well, but the account waits at an address of nobody: 409 `email_taken`. The
   * link then stays good for a week more. While it waits, `email` has a letter sent that confirms another address, by which its owner sets a password; without, it is tried again.
   * Throws 409 `link_used_up`, 429.
   */
  async undo({ token, email: next }: UndoEmail): Promise<void> {
    const { userId, undoId, isBack } = await this.takeBack(token, next).catch((error: unknown) => {
      // Somebody opened an account there at this very moment: that is seen now.
      if (isDuplicateKey(error, 'email')) return this.takeBack(token, next);
      throw error;
    });
    await this.logins.endAll(String(userId), 'password_changed');
    if (isBack) return;
    this.bus.publish(addressRefused, { userId: String(userId), email: keptFor(undoId), status: NO_SUCH_PLACE });
    if (next === undefined) throw conflict('email_taken', 'That address has another account. Name another one.');
    await this.askToConfirm(userId, undoId, next);
  }

  /** `isBack`: the account has its address, and a letter goes there; else it waits for another one. */
  private async takeBack(token: string, next: string | undefined) {
    return await this.transactions.run(async (session) => {
      const { undoId, userId, email, createdAt, waits } = await this.use(token, session);
      const holder = await this.users.byEmail(email, session);
      const isTaken = holder !== null && !holder._id.equals(userId);
      const goesOn = isTaken || (waits && next !== undefined);
      await this.users.setEmail(userId, goesOn ? keptFor(undoId) : email, session);
      const sent = lifetime();
      const none = { passwordHash: null, passwordChangedAt: new Date(sent.createdAt.getTime() - 1) };
      await this.users.setPassword(userId, none, { isByMail: true, session });
      await this.requests.voidAddresses(userId, sent.createdAt, session, createdAt);
      await this.giving.giveBack(userId, session);
      if (goesOn) await this.requests.extend(undoId, lifetime(UNDO_DAYS * DAY).expiresAt, session);
      if (!goesOn) await this.mails.write({ kind: 'reset', email, ...sent }, session);
      return { userId, undoId, isBack: !goesOn };
    });
  }

  /** The link, used up; one by which the account waits at an address of nobody goes on being good. */
  private async use(token: string, session: ClientSession) {
    const known = await this.links.look('undo', token, session);
    const { userId } = known ?? {};
    if (!known || !userId || known.expiresAt <= new Date()) throw linkUsedUp();
    const waits = await this.isWaiting(known._id, userId, session);
    if (!waits) await this.links.use(['undo'], token, session);
    const { _id: undoId, email, createdAt } = known;
    return { undoId, userId, email, createdAt, waits };
  }

  /** Whether this account waits, and no other that somebody opened at that address. */
  private async isWaiting(undoId: Types.ObjectId, userId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const there = await this.users.byEmail(keptFor(undoId), session);
    return there?._id.equals(userId) ?? false;
  }

  private async askToConfirm(userId: Types.ObjectId, undoId: Types.ObjectId, email: string): Promise<void> {
    // Counted for the link: a thief used up what the account may, to keep its owner waiting.
    await this.limits.takeAll(mailTo(email, `undo ${String(undoId)}`));
    await this.transactions.run(async (session) => {
      // By another link it may have got an address meanwhile.
      if (!(await this.isWaiting(undoId, userId, session))) throw linkUsedUp();
      await this.requests.voidConfirmations(userId, new Date(), session);
      await this.mails.write({ kind: 'confirm', email, userId, ...lifetime() }, session);
    });
  }
}
