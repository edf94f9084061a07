import type { Types } from 'mongoose';
import type { MemberRef } from '../cohorts/members/members.service.js';
import { toIds } from '../infra/mongo/ids.js';

/** Reasons that hold as long as somebody is of the programme team. */
const OF_STAFF: readonly string[] = ['staff', 'staff_asked'];

export const isOfStaff = (why: string): boolean => OF_STAFF.includes(why);

/** The cohorts of a person, and those in which they are staff. */
export interface Belonging {
  cohortIds: readonly Types.ObjectId[];
  staffIn: readonly Types.ObjectId[];
}

export const belongingOf = (memberships: readonly Pick<MemberRef, 'cohortId' | 'role'>[]): Belonging => ({
  cohortIds: toIds(memberships.map(({ cohortId }) => cohortId)),
  staffIn: toIds(memberships.flatMap(({ cohortId, role }) => (role === 'staff' ? [cohortId] : []))),
});

/** What of a person's notices they may read: of no cohort or one of theirs, and what staff are told where they are staff. */
export const readableBy = ({ cohortIds, staffIn }: Belonging) => ({
  cohortId: { $in: [null, ...cohortIds] },
  $and: [{ $or: [{ why: { $nin: [...OF_STAFF] } }, { cohortId: { $in: [...staffIn] } }] }],
});
