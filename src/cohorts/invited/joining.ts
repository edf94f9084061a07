import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';

/** Somebody who was invited and is a member from now on. */
export interface Joined {
  cohortId: Types.ObjectId;
  invitationId: Types.ObjectId;
  userId: Types.ObjectId;
}

/** What rooms that come later in the house plan with who is invited, and have to do when that becomes true. */
export abstract class PlannedWithInvited {
  /** Does what is planned, in the transaction in which they join. Returns what is to be told once that is written. */
  abstract joined(joined: Joined, session: ClientSession): Promise<() => void>;
  /** The same person has another invitation from now on: what is planned goes over to it, in the transaction that makes it. */
  abstract renewed(
    cohortId: Types.ObjectId,
    pairs: readonly { before: Types.ObjectId; now: Types.ObjectId }[],
    session: ClientSession,
  ): Promise<void>;
}

/** The port that the workshops take when the app is put together; nobody plans anything until then. */
@Injectable()
export class PlannedWithInvitedPort extends PlannedWithInvited {
  private provider: PlannedWithInvited | undefined;

  provide(provider: PlannedWithInvited): void {
    this.provider = provider;
  }

  override async joined(joined: Joined, session: ClientSession): Promise<() => void> {
    return (await this.provider?.joined(joined, session)) ?? (() => undefined);
  }

  override async renewed(...[cohortId, pairs, session]: Parameters<PlannedWithInvited['renewed']>): Promise<void> {
    if (pairs.length > 0) await this.provider?.renewed(cohortId, pairs, session);
  }
}
