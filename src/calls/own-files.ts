import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { UsersRepository, knownAddresses } from '../auth/users.repository.js';
import type { Actor } from '../common/actor.js';
import { conflict } from '../common/problem.js';
import { mailboxOf } from '../common/texts/mailbox.js';
import { idOf } from '../infra/mongo/ids.js';
import { ApplicationTablesRepository, type OwnRow } from './applications/application-tables.repository.js';

export const ownFile = () => conflict('own_file', 'You applied yourself: others of the team do this.');

type OfAddress = { email: string };

/**
 * What somebody of the programme team handed in themself, by the mailboxes that their account has or had: others decide about it, and what a jury and the team say of it is not theirs to read. Who
 * applies by a mailbox that nobody knows as theirs is kept from nothing.
 */
@Injectable()
export class OwnFiles {
  constructor(
    private readonly users: UsersRepository,
    private readonly files: ApplicationTablesRepository,
  ) {}

  /** Which files are of who asks. */
  async of(actor: Pick<Actor, 'userId'>): Promise<(file: OfAddress) => boolean> {
    const mailboxes = await this.mailboxes(actor);
    return ({ email }) => mailboxes.includes(mailboxOf(email));
  }

  /** What they handed in to a call, also what they took back. */
  async inCall(actor: Pick<Actor, 'userId'>, callId: Types.ObjectId): Promise<OwnRow[]> {
    const mailboxes = await this.mailboxes(actor);
    return mailboxes.length > 0 ? await this.files.ofMailboxes(callId, mailboxes) : [];
  }

  /** Throws 409 `own_file` for whose file stands in a call, whatever is asked there: a refusal that looked at who reads it, or at what was decided of it, would tell them. */
  async mustNotApply(actor: Pick<Actor, 'userId'>, callId: Types.ObjectId): Promise<void> {
    if ((await this.inCall(actor, callId)).some(({ state }) => state === 'submitted')) throw ownFile();
  }

  /** Throws 409 `own_file`. */
  async mustBeOfOthers(actor: Pick<Actor, 'userId'>, ...files: readonly OfAddress[]): Promise<void> {
    if (files.some(await this.of(actor))) throw ownFile();
  }

  /** Those of some people whose own file it is not. */
  async othersAmong(userIds: readonly string[], { email }: OfAddress): Promise<string[]> {
    const mailbox = mailboxOf(email);
    const accounts = await this.users.profiles(userIds.map(idOf));
    const own = new Set(accounts.filter((one) => mailboxesOf(one).includes(mailbox)).map(({ _id }) => String(_id)));
    return userIds.filter((id) => !own.has(id));
  }

  private async mailboxes({ userId }: Pick<Actor, 'userId'>): Promise<string[]> {
    const account = await this.users.profile(idOf(userId));
    return account ? mailboxesOf(account) : [];
  }
}

const mailboxesOf = (account: Parameters<typeof knownAddresses>[0]): string[] => [
  ...new Set(knownAddresses(account).map(mailboxOf)),
];
