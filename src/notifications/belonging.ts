import type { Types } from 'mongoose';
import type { MemberRef } from '../cohorts/members/members.service.js';
import { toIds } from '../infra/mongo/ids.js';

/** Reasons that hold as long as somebody is of the programme team. */
const OF_STAFF: readonly string[] = ['staff', 'staff_asked'];

/** Of what they tell, that reaches people as long as they are admins of the installation. */
const OF_ADMINS = 'admin';

export const isOfStaff = (why: string): boolean => OF_STAFF.includes(why);

export const isOfAdmins = (why: string): boolean => why === OF_ADMINS;

/** The cohorts of a person, those in which they are staff, and whether they are an admin. */
export interface Belonging {
  cohortIds: readonly Types.ObjectId[];
  staffIn: readonly Types.ObjectId[];
  isAdmin: boolean;
}

export const belongingOf = (
  memberships: readonly Pick<MemberRef, 'cohortId' | 'role'>[],
  { isAdmin }: Pick<Belonging, 'isAdmin'>,
): Belonging => ({
  cohortIds: toIds(memberships.map(({ cohortId }) => cohortId)),
  staffIn: toIds(memberships.flatMap(({ cohortId, role }) => (role === 'staff' ? [cohortId] : []))),
  isAdmin,
});

/**
 * Which of a person's notices may be theirs to read: of no cohort or one of theirs, what staff are told where they are staff, and what admins are told
 * while they are one. Whether the thing that a notice is about is theirs to see is asked of that (`inbox/reach.ts`).
 */
export const readableBy = ({ cohortIds, staffIn, isAdmin }: Belonging) => ({
  cohortId: { $in: [null, ...cohortIds] },
  $and: [
    {
      $or: [
        { why: { $nin: [...OF_STAFF, ...(isAdmin ? [] : [OF_ADMINS])] } },
        { why: { $in: [...OF_STAFF] }, cohortId: { $in: [...staffIn] } },
      ],
    },
  ],
});
