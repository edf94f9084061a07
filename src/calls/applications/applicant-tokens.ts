import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { LinkTokens } from '../../auth/tokens/link-tokens.js';
import { HOUR, MINUTE } from '../../common/times/clock.js';
import { idOf } from '../../infra/mongo/ids.js';

/** So long a page that was opened by a link goes on without it. Real time, as of all tokens. */
const ACCESS_MS = 12 * HOUR;
/** The same of one that an account opened: its page asks again as long as its person is signed in. */
const GIVEN_MS = 15 * MINUTE;
const ID_LENGTH = 24;

/** Which account opened a file and when, where that was by no mail: it is good as long as what was made in the account is its owner's (`isTheirs`). */
export interface Given {
  userId: string;
  at: Date;
}

/** What a token opens: a file, by the key that it had when the token was made. */
export interface Shown {
  applicationId: string;
  key: string;
  given?: Given;
}

/** The tokens of those who apply: one in the link of their mails, and one that a page works with once it was opened by that link, or by their account. */
@Injectable()
export class ApplicantTokens {
  constructor(private readonly tokens: LinkTokens) {}

  /** The token of the link, as long as the file is there. */
  link({ _id, key }: { _id: Types.ObjectId; key: string }): string {
    return this.tokens.sign('application', `${String(_id)}~${key}`);
  }

  /** The bearer of the routes of one file. */
  access({ _id, key }: { _id: Types.ObjectId; key: string }, given?: Given): string {
    const until = Date.now() + (given ? GIVEN_MS : ACCESS_MS);
    return this.tokens.sign('application-access', [String(_id), key, until.toString(36), ...wordsOf(given)].join('~'));
  }

  /** The id that stands for an address that has no file in a call: the beginning of two MACs of both, so it is the same each time and says nothing of the address. */
  nobody(callId: Types.ObjectId, email: string): Types.ObjectId {
    const mark = (what: string) => this.tokens.addressMark(`${what} ${String(callId)} ${email}`);
    return idOf(`${mark('nobody')}${mark('of')}`.slice(0, ID_LENGTH));
  }

  /** Null for what is none of ours. */
  readLink(token: string): Shown | null {
    const [applicationId, key] = (this.tokens.verify('application', token) ?? '').split('~');
    return applicationId && key ? { applicationId, key } : null;
  }

  /** Null for what is none of ours, or too old. */
  readAccess(token: string): Shown | null {
    const words = (this.tokens.verify('application-access', token) ?? '').split('~');
    const [applicationId, key, until = '', ...given] = words;
    return applicationId && key && parseInt(until, 36) > Date.now() ? { applicationId, key, ...givenIn(given) } : null;
  }
}

const wordsOf = (given: Given | undefined): string[] => (given ? [given.userId, given.at.getTime().toString(36)] : []);

const givenIn = ([userId, at]: readonly string[]): Pick<Shown, 'given'> =>
  userId && at ? { given: { userId, at: new Date(parseInt(at, 36)) } } : {};
