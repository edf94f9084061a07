import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { HOUR } from '../common/times/clock.js';
import { type Problem, conflict } from '../common/problem.js';
import { toId } from '../infra/mongo/ids.js';
import { LinkTokens } from './tokens/link-tokens.js';
import type { MailRequestRow } from './mail-request.schema.js';
import { MailRequestsRepository } from './mail-requests.repository.js';

type Kind = 'reset' | 'confirm' | 'verify' | 'undo';

const LINK_HOURS = 2;

/** The links of letters about an account. */
@Injectable()
export class AccountLinks {
  constructor(
    private readonly requests: MailRequestsRepository,
    private readonly links: LinkTokens,
  ) {}

  /** What was asked for, used up by this call. Throws 409 `link_used_up` for a token that is old, used or not ours. */
  async use(kinds: readonly Kind[], token: string, session?: ClientSession): Promise<MailRequestRow> {
    const kind = kinds.find((one) => this.links.verify(one, token) !== null);
    const id = kind && this.idOf(kind, token);
    const request = kind && id && (await this.requests.use(id, kind, new Date(), session));
    if (!request) throw linkUsedUp();
    return request;
  }

  /** What was asked for, used up or not; null for a token that is not ours. */
  async look(kind: Kind, token: string, session?: ClientSession): Promise<MailRequestRow | null> {
    const id = this.idOf(kind, token);
    return id && (await this.requests.byId(id, session));
  }

  /** The token of a link. */
  sign(kind: Kind, requestId: string): string {
    return this.links.sign(kind, requestId);
  }

  private idOf(kind: Kind, token: string) {
    return toId(this.links.verify(kind, token) ?? '');
  }
}

export const linkUsedUp = (): Problem => conflict('link_used_up', 'This link is used or too old. Ask for a new one.');

/** How long a link is good. Real time: its life has nothing to do with the domain's clock. */
export function lifetime(forMs = LINK_HOURS * HOUR) {
  const createdAt = new Date();
  return { createdAt, expiresAt: new Date(createdAt.getTime() + forMs) };
}
