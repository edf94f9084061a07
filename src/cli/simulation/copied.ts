import type { Types } from 'mongoose';

/** A row of any collection. */
export type Row = Record<string, unknown> & { _id: Types.ObjectId };

/** Of whom rows are copied. */
export interface CopiedCohort {
  cohortId: Types.ObjectId;
  /** Everybody who is or was in it, and who invited. */
  userIds: readonly Types.ObjectId[];
  /** The ids of its questions that nobody has answered. */
  topicIds: readonly Types.ObjectId[];
  /** When the simulation begins: nothing was changed after it. */
  begins: Date;
}

interface Copied {
  collection: string;
  /** Which of its rows. */
  of: (cohort: CopiedCohort) => Record<string, unknown>;
  /** What a row becomes in the copy. */
  as?: (row: Row, cohort: CopiedCohort) => Row;
}

/** Mail to it could go nowhere (RFC 2606), and what comes to it names its person. */
export const addressIn = (id: unknown) => `${String(id)}@simulation.invalid`;

const ofCohort = ({ cohortId }: CopiedCohort) => ({ cohortId });

/**
 * All that is copied for a simulation: what the plan of a cohort is made from. A list of names, so that what is not in it stays where it
 * is: logins, devices, webhooks, calendars elsewhere, messages, notes, goals, files. What is over is to come again: sessions that were held are
 * scheduled, who was at a workshop goes there; what people said or wrote since is not.
 */
export const COPIED: readonly Copied[] = [
  { collection: 'cohorts', of: ({ cohortId }) => ({ _id: cohortId }) },
  { collection: 'memberships', of: ofCohort },
  { collection: 'users', of: ({ userIds }) => ({ _id: { $in: userIds } }), as: personOf },
  { collection: 'preferences', of: ({ userIds }) => ({ _id: { $in: userIds } }) },
  { collection: 'projects', of: ofCohort },
  { collection: 'milestones', of: ofCohort },
  { collection: 'reminder_ladders', of: ({ cohortId }) => ({ _id: cohortId }) },
  { collection: 'invitations', of: ({ cohortId }) => ({ cohortId, open: true }), as: invitationOf },
  { collection: 'workshops', of: ofCohort },
  { collection: 'workshop-series', of: ofCohort },
  { collection: 'registrations', of: ofCohort, as: registrationOf },
  { collection: 'workshop-guests', of: ofCohort, as: guestOf },
  { collection: 'availabilities', of: ofCohort },
  { collection: 'sessions', of: ofCohort, as: sessionOf },
  { collection: 'actions', of: ({ cohortId }) => ({ cohortId, state: 'open' }) },
  { collection: 'cycles', of: ({ cohortId }) => ({ cohortId, open: true }), as: (row) => ({ ...row, note: null }) },
  {
    collection: 'help-requests',
    of: ({ cohortId }) => ({ cohortId, waiting: true }),
    as: (row) => ({ ...row, text: '', trail: [] }),
  },
  { collection: 'topics', of: ({ topicIds }) => ({ _id: { $in: topicIds } }) },
  { collection: 'topic-subscriptions', of: ({ topicIds }) => ({ topicId: { $in: topicIds } }) },
];

/** A row as it stands in the copy. */
export function copyOf(row: Row, { as = (same: Row) => same }: Copied, cohort: CopiedCohort): Row {
  const copy = as(row, cohort);
  const { changedAt } = copy;
  return changedAt instanceof Date && changedAt > cohort.begins ? { ...copy, changedAt: cohort.begins } : copy;
}

/** Who they are to those who read of them, and when they are awake. */
function personOf(row: Row): Row {
  const { _id, name, locale, timeZone, craft, gives, wants, words, createdAt, changedAt } = row;
  const shown = { _id, name, locale, timeZone, craft, gives, wants, words, createdAt, changedAt };
  return { ...shown, email: addressIn(_id), passwordHash: null };
}

/** No letter goes to them: it has gone when it is due. */
function invitationOf({ mailDueAt, ...row }: Row): Row {
  return { ...row, _id: row._id, email: addressIn(row._id), sentAt: row['sentAt'] ?? mailDueAt ?? null };
}

function guestOf({ forms: _, ...row }: Row): Row {
  return { ...row, _id: row._id, answers: {}, ...(typeof row['email'] === 'string' && { email: addressIn(row._id) }) };
}

const WAS_THERE = new Set<unknown>(['attended', 'absent']);

function registrationOf(row: Row): Row {
  return WAS_THERE.has(row['status']) ? { ...row, status: 'going' } : row;
}

const TOOK_PLACE = new Set<unknown>(['held', 'no_show']);

function sessionOf(row: Row): Row {
  return TOOK_PLACE.has(row['status']) ? { ...row, status: 'scheduled' } : row;
}
