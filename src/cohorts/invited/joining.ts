import { Injectable } from '@nestjs/common';
import { Port } from '../../common/port.js';
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

/** Answered by the workshops. */
@Injectable()
export class PlannedWithInvitedPort extends Port<PlannedWithInvited> {}

/** The applications that an invitation was made of. */
export abstract class FilesOfInvited {
  /** Whoever accepts the invitation takes the places of these, in the transaction in which they join. False where none of them is accepted any more. */
  abstract joined(applicationIds: readonly Types.ObjectId[], session: ClientSession): Promise<boolean>;
}

/** Answered by the calls. */
@Injectable()
export class FilesOfInvitedPort extends Port<FilesOfInvited> {}
