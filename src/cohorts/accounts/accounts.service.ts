import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { AccountActs } from '../../auth/accounts/account-acts.repository.js';
import { adminEnded } from '../../auth/auth.events.js';
import { type AccountRow, AccountsRepository } from '../../auth/accounts/accounts.repository.js';
import { LoginsService } from '../../auth/logins/logins.service.js';
import { MailRequestsRepository } from '../../auth/mail-requests.repository.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden, notFound } from '../../common/problem.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { BelongingsOfAccounts } from './belongings-of-accounts.js';

/** What a request on its way saw is worth nothing by then. */
const AGAIN_AFTER_MS = 30_000;

/** Who acts on accounts: an admin, or (null) whoever has the machine in hand. */
export type AdminId = string | null;

/**
 * What admins do with accounts. Each act is one transaction with its line in the list of acts, and with the rows of all admins held: so
 * there is always an admin left, whoever acts on whom at the same time. Done twice it is done once.
 */
@Injectable()
export class Accounts {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly acts: AccountActs,
    private readonly logins: LoginsService,
    private readonly requests: MailRequestsRepository,
    private readonly belongings: BelongingsOfAccounts,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Closes an account: its logins end, its memberships too, and open links that would change its address are void. An admin is none any
   * more. Throws 404, 409 `yourself`, `last_admin`, 403 for who is no admin any more.
   */
  async deactivate(byId: AdminId, userId: string, reason?: string): Promise<void> {
    if (byId !== null && byId === userId.toLowerCase())
      throw conflict('yourself', 'Another admin has to close your account.');
    const { id, result } = await this.act(byId, userId, async ({ id, account, admins, session, by }) => {
      const at = new Date();
      if (!(await this.accounts.end(id, { at, byId: by, ...(reason && { reason }) }, session))) return null;
      if (account.isAdmin && admins.length === 1) throw lastAdmin();
      await this.requests.voidAddresses(id, at, session);
      await this.acts.add({ byId: by, userId: id, act: 'deactivated', reason }, session);
      if (account.isAdmin)
        await this.outbox.write(adminEnded, { userId: String(id) }, session, { againAfterMs: AGAIN_AFTER_MS });
      const gone = await this.belongings.suspend(id, this.clock.now(), session);
      return { gone, ended: await this.logins.endAllIn(id, 'account_ended', session) };
    });
    if (!result) return;
    this.logins.announceAll(result.ended, id, 'account_ended');
    this.belongings.tellGone(id, result.gone);
  }

  /** Opens an account again, with the memberships that ended with it. Who was an admin is none until made one again. Throws 404, 403. */
  async reactivate(byId: AdminId, userId: string): Promise<void> {
    const { id, result } = await this.act(byId, userId, async ({ id, session, by }) => {
      if (!(await this.accounts.open(id, session))) return null;
      await this.acts.add({ byId: by, userId: id, act: 'reactivated' }, session);
      return await this.belongings.resume(id, session);
    });
    if (result) this.belongings.tellBack(id, result);
  }

  /** Their next token says so. Throws 404, 409 `account_ended`, `address_unconfirmed`, 403. */
  async makeAdmin(byId: AdminId, userId: string): Promise<void> {
    await this.act(byId, userId, async ({ id, account, session, by }) => {
      if (account.ended) throw conflict('account_ended', 'This account is closed. Open it again first.');
      if (account.unconfirmedIn) throw unconfirmed();
      if (await this.accounts.setAdmin(id, true, session))
        await this.acts.add({ byId: by, userId: id, act: 'made_admin' }, session);
    });
  }

  /** Takes the right over the installation: all their logins end, since each of their tokens says that they are an admin. Throws 404, 409 `last_admin`, 403. */
  async takeAdmin(byId: AdminId, userId: string): Promise<void> {
    const { id, result } = await this.act(byId, userId, async ({ id, admins, session, by }) => {
      if (!(await this.accounts.setAdmin(id, false, session))) return null;
      if (admins.length === 1) throw lastAdmin();
      await this.acts.add({ byId: by, userId: id, act: 'admin_taken' }, session);
      await this.outbox.write(adminEnded, { userId: String(id) }, session, { againAfterMs: AGAIN_AFTER_MS });
      return await this.logins.endAllIn(id, 'admin_taken', session);
    });
    if (result) this.logins.announceAll(result, id, 'admin_taken');
  }

  private async act<T>(
    byId: AdminId,
    userId: string,
    work: (held: {
      id: Types.ObjectId;
      account: AccountRow;
      admins: readonly Types.ObjectId[];
      by: Types.ObjectId | null;
      session: ClientSession;
    }) => Promise<T>,
  ): Promise<{ id: string; result: T }> {
    const [id, by] = [toId(userId), byId === null ? null : idOf(byId)];
    if (!id) throw notFound();
    const result = await this.transactions.run(async (session) => {
      const admins = await this.accounts.holdAdmins(session);
      // Their token may be older than the act that took the right.
      if (by && !admins.some((admin) => admin.equals(by))) throw forbidden();
      const account = await this.accounts.byId(id, session);
      if (!account) throw notFound();
      return await work({ id, account, admins, by, session });
    });
    return { id: String(id), result };
  }
}

const unconfirmed = () =>
  conflict('address_unconfirmed', 'Nobody has shown that this address is theirs: its owner follows the mail first.');

const lastAdmin = () => conflict('last_admin', 'This installation needs an admin. Make somebody else one first.');
