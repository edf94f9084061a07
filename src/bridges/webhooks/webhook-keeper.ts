import type { Types } from 'mongoose';
import { isTheirs } from '../../auth/given-back.js';
import { conflict } from '../../common/problem.js';
import type { Role } from '../../contracts/roles.js';

/** What keeps a webhook alive: the belonging of one person, as it was when they set it up or took it over. */
export interface Kept {
  createdBy: Types.ObjectId;
  createdAt: Date;
  takenOverBy?: Types.ObjectId | null | undefined;
  takenOverAt?: Date | null | undefined;
}

/** Who answers for a webhook, and since when: who set it up, or who took it over last. */
export const keeperOf = ({ createdBy, createdAt, takenOverBy, takenOverAt }: Kept) =>
  takenOverBy && takenOverAt ? { userId: takenOverBy, since: takenOverAt } : { userId: createdBy, since: createdAt };

/**
 * Does a webhook still stand? Its keeper must belong to the cohort, and to the channel of a channel's webhook, by belongings that began before they became its
 * keeper: who left and came back has begun another one. Their account must have been theirs since. `needsStaff`: only the programme team may set such a one up.
 */
export function stands(
  kept: Kept,
  belonging: {
    member: { joinedAt: Date; role: Role } | undefined;
    inChannelSince?: Date | undefined;
    disputedUntil?: Date | undefined;
  },
  { hasChannel, needsStaff }: { hasChannel: boolean; needsStaff: boolean },
): boolean {
  const { since } = keeperOf(kept);
  const { member, inChannelSince } = belonging;
  if (!member || member.joinedAt > since || !isTheirs(since, belonging.disputedUntil)) return false;
  if (needsStaff && member.role !== 'staff') return false;
  return !hasChannel || (inChannelSince !== undefined && inChannelSince <= since);
}

/** Why nothing is done with a webhook. Each is a 409. */
export const keeperLeft = () => conflict('keeper_left', 'Who kept this webhook is gone. Take it over, or delete it.');
export const stale = () => conflict('stale', 'Somebody else keeps this webhook now. Look at it again.');
export const isKept = () => conflict('is_kept', 'Who keeps this webhook is still here.');

/** How many a channel has at most, and how many a cohort. */
export const MAX_WEBHOOKS = 10;
