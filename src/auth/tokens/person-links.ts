import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { toId } from '../../infra/mongo/ids.js';
import { LinkTokens } from './link-tokens.js';
import { type Profile, UsersRepository } from '../users.repository.js';

/** What a mail lets its reader do without a login. */
export type PersonLinkPurpose = 'session' | 'place' | 'unsubscribe';

/** Whose link was followed, and what it is about. */
export interface FollowedLink {
  person: Profile;
  about: readonly string[];
}

const SEPARATOR = '-';

/**
 * Links in mails that act for one person without a login. A link is good for as long as the account has the address to which the link was sent: who took an
 * account over for a while, and had its mails sent elsewhere, keeps nothing once it is taken back.
 */
@Injectable()
export class PersonLinks {
  constructor(
    private readonly tokens: LinkTokens,
    private readonly users: UsersRepository,
  ) {}

  /** The token of a link in a mail to `person`. `about`: ids and words without a hyphen. */
  sign(purpose: PersonLinkPurpose, person: { _id: Types.ObjectId; email: string }, about: readonly string[]): string {
    const parts = [String(person._id), this.tokens.addressMark(person.email), ...about];
    return this.tokens.sign(purpose, parts.join(SEPARATOR));
  }

  /** Null for a token that is not ours, of an account that is closed, or that has another address by now. */
  async read(purpose: PersonLinkPurpose, token: string): Promise<FollowedLink | null> {
    const [userId = '', mark, ...about] = (this.tokens.verify(purpose, token) ?? '').split(SEPARATOR);
    const id = toId(userId);
    const person = id && (await this.users.profile(id));
    if (!person || person.ended || mark !== this.tokens.addressMark(person.email)) return null;
    return { person, about };
  }
}
