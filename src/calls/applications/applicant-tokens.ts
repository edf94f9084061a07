import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { LinkTokens } from '../../auth/tokens/link-tokens.js';
import { HOUR } from '../../common/times/clock.js';

/** So long a page that was opened by a link goes on without it. Real time, as of all tokens. */
const ACCESS_MS = 12 * HOUR;

/** What a token opens: a file, by the key that it had when the token was made. */
export interface Shown {
  applicationId: string;
  key: string;
}

/** The tokens of those who apply: one in the link of their mails, and one that a page works with once the link was opened. */
@Injectable()
export class ApplicantTokens {
  constructor(private readonly tokens: LinkTokens) {}

  /** The token of the link, as long as the file is there. */
  link({ _id, key }: { _id: Types.ObjectId; key: string }): string {
    return this.tokens.sign('application', `${String(_id)}~${key}`);
  }

  /** The bearer of the routes of one file. */
  access({ _id, key }: { _id: Types.ObjectId; key: string }): string {
    const until = Date.now() + ACCESS_MS;
    return this.tokens.sign('application-access', `${String(_id)}~${key}~${until.toString(36)}`);
  }

  /** Null for what is none of ours. */
  readLink(token: string): Shown | null {
    const [applicationId, key] = (this.tokens.verify('application', token) ?? '').split('~');
    return applicationId && key ? { applicationId, key } : null;
  }

  /** Null for what is none of ours, or too old. */
  readAccess(token: string): Shown | null {
    const [applicationId, key, until = ''] = (this.tokens.verify('application-access', token) ?? '').split('~');
    return applicationId && key && parseInt(until, 36) > Date.now() ? { applicationId, key } : null;
  }
}
