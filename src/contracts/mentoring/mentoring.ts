import { z } from 'zod';
import { ClosedBy } from '../cohorts/closed-days.js';
import { Despite } from '../calendar.js';
import {
  ClientId,
  Id,
  Instant,
  Line,
  PageQuery,
  Person,
  PlainDate,
  PlannedInstant,
  QueryFlag,
  Text,
  WallTime,
} from '../primitives.js';
import { Craft } from '../roles.js';
import { TimeZone } from '../time-zone.js';

const Interval = z.strictObject({ start: WallTime, end: WallTime.or(z.literal('24:00')) });

/** What a session is for: a question at the help desk, or mentoring. Each coach says how long theirs are. */
export const SessionKind = z.enum(['help_desk', 'mentoring']);
export type SessionKind = z.infer<typeof SessionKind>;

const SessionMinutes = z.number().int().min(15).max(240).multipleOf(5);
const BufferMinutes = z.number().int().min(0).max(120).multipleOf(5);

/** The kinds of session that a coach offers, each with its length in minutes. */
export const SessionLengths = z.strictObject({
  help_desk: SessionMinutes.optional(),
  mentoring: SessionMinutes.optional(),
});
export type SessionLengths = z.infer<typeof SessionLengths>;

/**
 * Days on which a coach is away, both ends included, in the coach's zone. They count in all cohorts. The note is for the coach, and for staff where the coach
 * is in their cohort alone.
 */
export const Away = z.strictObject({ from: PlainDate, to: PlainDate, note: Line(120).optional() });
export type Away = z.infer<typeof Away>;

/**
 * PUT C/coaches/:userId/availability. Wall times are meant in `timeZone`. Weekday 1 is Monday (ISO 8601). An exception replaces
 * that day's hours; with no interval it is a day off. On days on which the cohort is closed nothing is offered, but the hours of an exception. Nothing is offered on days `away`, in any cohort in which the person coaches; left
 * out, they stay as they are. `bufferMinutes` is the pause before and after a session, unless one of the two is given of its own: a
 * session begins `before` after what the coach is at ends and ends `after` before the next begins; between two sessions the longer counts.
 */
export const Availability = z.strictObject({
  timeZone: TimeZone,
  weekly: z.array(z.strictObject({ weekday: z.number().int().min(1).max(7), ...Interval.shape })).max(42),
  exceptions: z.array(z.strictObject({ date: PlainDate, intervals: z.array(Interval).max(6) })).max(200),
  away: z.array(Away).max(60).optional(),
  slotMinutes: SessionMinutes,
  lengths: SessionLengths.optional(),
  bufferMinutes: BufferMinutes,
  bufferBeforeMinutes: BufferMinutes.optional(),
  bufferAfterMinutes: BufferMinutes.optional(),
  minNoticeHours: z.number().int().min(0).max(336),
  horizonDays: z.number().int().min(1).max(365),
  maxPerDay: z.number().int().min(1).max(20),
  maxPerWeek: z.number().int().min(1).max(60),
});
export type Availability = z.infer<typeof Availability>;

/** A time one can book: the coach is free, and so am I. */
export const Slot = z.object({ coachId: Id, startsAt: Instant, endsAt: Instant });
export type Slot = z.infer<typeof Slot>;

/** Why a slot of a coach's hours is not offered. */
export const HiddenReason = z.enum([
  'outside_hours',
  'busy',
  'buffer',
  'notice',
  'day_cap',
  'week_cap',
  'horizon',
  'you_are_busy',
  'closed_day',
]);
export type HiddenReason = z.infer<typeof HiddenReason>;

/**
 * A slot that is not offered. `until` is when the coach's or my other meeting ends, where that is the reason and I may know it. `awayUntil` is the last of
 * the days on which the coach is away, where they are outside their hours for that. `closed`: the pause or public holiday of a `closed_day`.
 */
export const HiddenSlot = z.object({
  coachId: Id,
  startsAt: Instant,
  endsAt: Instant,
  reason: HiddenReason,
  until: Instant.optional(),
  awayUntil: PlainDate.optional(),
  closed: ClosedBy.optional(),
});
export type HiddenSlot = z.infer<typeof HiddenSlot>;

/**
 * GET C/slots: at most 62 days. `minutes` asks for another length than the coach's own, `kind` for the length that each coach gives that
 * kind, of coaches who offer it; `minutes` goes first. `forUserId` (staff) looks with a fellow's eyes.
 * `secondCoachId` (beside `coachId`) asks when both are free together; nothing hidden is explained then. Of those hidden, `explain` names the next
 * two thousand, or some more: those that start before `explainedUntil`.
 */
export const SlotsQuery = z.strictObject({
  from: Instant,
  to: Instant,
  coachId: Id.optional(),
  secondCoachId: Id.optional(),
  minutes: z.coerce.number().int().min(15).max(240).multipleOf(5).optional(),
  kind: SessionKind.optional(),
  explain: QueryFlag.optional(),
  forUserId: Id.optional(),
});
export type SlotsQuery = z.infer<typeof SlotsQuery>;

/**
 * The slots in time order; `people` are the coaches, with the kinds of session they offer. `explainedUntil`: from then on it is not said which slots are hidden, since
 * there are too many; null or absent where all are.
 */
export const Slots = z.object({
  slots: z.array(Slot),
  hidden: z.array(HiddenSlot).optional(),
  explainedUntil: Instant.nullable().optional(),
  people: z.array(Person.extend({ craft: Craft.nullable(), gives: z.array(z.string()), lengths: SessionLengths })),
});
export type Slots = z.infer<typeof Slots>;

/**
 * POST C/availability/preview (coach; staff for the coach `coachId`): the slots a fellow would see with this availability, saved or
 * not; `forUserId` (staff) looks with the eyes of one fellow, `kind` for sessions of that kind.
 */
export const PreviewAvailability = z.strictObject({
  availability: Availability,
  from: Instant,
  to: Instant,
  kind: SessionKind.optional(),
  coachId: Id.optional(),
  forUserId: Id.optional(),
});
export type PreviewAvailability = z.infer<typeof PreviewAvailability>;

export const SessionStatus = z.enum(['scheduled', 'held', 'no_show', 'cancelled']);
export type SessionStatus = z.infer<typeof SessionStatus>;

/**
 * One coaching meeting. `participants` are the fellows, without the coach; `people` are the faces of all named ids. From
 * `cancelLateFrom` on my cancellation would be recorded as late (null: never, mine is not the fellow's).
 */
export const MentoringSession = z.object({
  id: Id,
  cohortId: Id,
  coachId: Id,
  secondCoachId: Id.nullable(),
  participants: z.array(Id),
  people: z.array(Person),
  bookedBy: Id,
  startsAt: Instant,
  endsAt: Instant,
  status: SessionStatus,
  kind: SessionKind.nullable(),
  need: z.string(),
  link: z.string().nullable(),
  /** Its place among the four of a cycle, and what that is for; null: it counts in none. */
  cycle: z.object({ id: Id, number: z.number(), of: z.number(), goal: z.string() }).nullable(),
  /** Its place among those that were booked at once, `weeks` apart; null: it was booked alone. */
  series: z.object({ id: Id, number: z.number(), of: z.number(), weeks: z.number() }).nullable(),
  cancelReason: z.string().nullable(),
  cancelledLate: z.boolean(),
  cancelLateFrom: Instant.nullable(),
  history: z.array(
    z.object({
      at: Instant,
      byId: Id,
      act: z.enum(['booked', 'rescheduled', 'handed_over', 'left', 'cancelled', 'completed']),
      from: Instant.nullable(),
      to: Instant.nullable(),
      /** Who handed it over, and who took it. */
      fromCoach: Person.nullable(),
      toCoach: Person.nullable(),
    }),
  ),
  revision: z.number(),
  openActions: z.number(),
  abilities: z.object({
    reschedule: z.boolean(),
    handOver: z.boolean(),
    cancel: z.boolean(),
    complete: z.boolean(),
    addNote: z.boolean(),
    addAction: z.boolean(),
    rate: z.boolean(),
  }),
});
export type MentoringSession = z.infer<typeof MentoringSession>;

/** With whom one meets, for how long, and who comes. */
export const Meeting = {
  coachId: Id,
  secondCoachId: Id.optional(),
  minutes: SessionMinutes.optional(),
  kind: SessionKind.optional(),
  participants: z.array(Id).min(1).max(6).optional(),
};

/** A length, or a kind that has one. */
export const saysLength = ({ minutes, kind }: { minutes?: number | undefined; kind?: SessionKind | undefined }) =>
  minutes !== undefined || kind !== undefined;
export const lengthIsNeeded = {
  path: ['minutes'],
  params: { code: 'required' },
  error: 'is needed without a kind',
};
export const SAYS_LENGTH = { anyOf: [{ required: ['minutes'] }, { required: ['kind'] }] };

/**
 * POST C/sessions. Without `participants` it is for the one who asks; staff name them, booking on behalf. With a `kind` it lasts as long
 * as the coach says of that kind, and `minutes` may be left out. With a `secondCoachId` two coaches come: both must be free.
 */
export const ScheduleSession = z
  .strictObject({ ...Meeting, startsAt: PlannedInstant, need: Text(2000, 1), despite: Despite })
  .refine(saysLength, lengthIsNeeded)
  .meta(SAYS_LENGTH);
export type ScheduleSession = z.infer<typeof ScheduleSession>;

/** The revision that one has before one's eyes: an act on an older one is refused (409 `stale`). */
const SeenRevision = z.number().int().min(1).optional();

export const RescheduleSession = z.strictObject({
  startsAt: PlannedInstant,
  revision: SeenRevision,
  despite: Despite,
});
export type RescheduleSession = z.infer<typeof RescheduleSession>;

/** `late`: whether one was told that it counts as late; who was told that it does not, and is late meanwhile, gets 409 `late_now`. */
export const CancelSession = z.strictObject({
  reason: Line(500),
  revision: SeenRevision,
  late: z.boolean().optional(),
});
export type CancelSession = z.infer<typeof CancelSession>;

/** `no_show` is a fellow who did not come. Only after the start. */
export const CompleteSession = z.strictObject({ outcome: z.enum(['held', 'no_show']), revision: SeenRevision });
export type CompleteSession = z.infer<typeof CompleteSession>;

/** GET C/sessions: mine, or all for staff; `userId` narrows to one person (staff, their coach). Newest last. */
/** GET C/sessions: those that start in [from, to), soonest first, or latest first. */
export const SessionsQuery = PageQuery.extend({
  from: Instant.optional(),
  to: Instant.optional(),
  userId: Id.optional(),
  status: SessionStatus.optional(),
  order: z.enum(['soonest', 'latest']).optional(),
});
export type SessionsQuery = z.infer<typeof SessionsQuery>;

/** Who may read a note: `me`; `participants` the people of the session; `team_and_coach` the project's fellows and the coach; `staff` the author and the cohort's staff. */
export const NoteAudience = z.enum(['me', 'participants', 'team_and_coach', 'staff']);
export type NoteAudience = z.infer<typeof NoteAudience>;

/** A note; `readers` were frozen when it was saved and can only shrink. */
export const Note = z.object({
  id: Id,
  sessionId: Id,
  authorId: Id,
  body: z.string(),
  audience: NoteAudience,
  readers: z.array(Person),
  createdAt: Instant,
  updatedAt: Instant,
  abilities: z.object({ edit: z.boolean() }),
});
export type Note = z.infer<typeof Note>;

/** POST .../notes. The same `clientId` of mine again answers the note that it made. */
export const WriteNote = z.strictObject({
  body: Text(20_000, 1),
  audience: NoteAudience,
  clientId: ClientId.optional(),
});
export type WriteNote = z.infer<typeof WriteNote>;

/** PATCH .../notes/:noteId (author): the audience may only become narrower (409 `audience_grows`). */
export const UpdateNote = WriteNote.omit({ clientId: true }).partial();
export type UpdateNote = z.infer<typeof UpdateNote>;

/** GET .../notes: the notes I may read, of this session and (older) of the pair; `audiences` names who would read a new one, before it is saved. */
export const Notes = z.object({
  items: z.array(Note),
  audiences: z.array(z.object({ audience: NoteAudience, readers: z.array(Person) })),
  nextCursor: z.string().nullable(),
});
export type Notes = z.infer<typeof Notes>;

export const ActionState = z.enum(['open', 'done', 'dropped']);
export type ActionState = z.infer<typeof ActionState>;

/** An action item; open ones are carried into the pair's next session (`carried`: not written in this one). */
export const ActionItem = z.object({
  id: Id,
  sessionId: Id,
  text: z.string(),
  ownerId: Id,
  owner: Person,
  dueOn: PlainDate.nullable(),
  state: ActionState,
  carried: z.boolean(),
  createdAt: Instant,
  doneAt: Instant.nullable(),
});
export type ActionItem = z.infer<typeof ActionItem>;

export const WriteAction = z.strictObject({ text: Line(300), ownerId: Id, dueOn: PlainDate.nullable().optional() });
export type WriteAction = z.infer<typeof WriteAction>;

export const UpdateAction = z.strictObject({
  text: Line(300).optional(),
  ownerId: Id.optional(),
  dueOn: PlainDate.nullable().optional(),
  state: ActionState.optional(),
});
export type UpdateAction = z.infer<typeof UpdateAction>;

/** GET /api/me/actions?state=open : my action items in all cohorts. */
export const MyAction = ActionItem.extend({ cohortId: Id, coach: Person });
export type MyAction = z.infer<typeof MyAction>;

export const MyActionsQuery = PageQuery.extend({ state: ActionState.default('open') });
export type MyActionsQuery = z.infer<typeof MyActionsQuery>;

/**
 * GET C/coaches/me/fellows (coach): my fellows with the time of the last session, the next one and their open actions. `days` without a session
 * with me, counted as of `FellowLoad`. Longest silence first.
 */
export const CoachFellow = z.object({
  person: Person,
  projectName: z.string().nullable(),
  lastSessionAt: Instant.nullable(),
  days: z.number(),
  nextSessionId: Id.nullable(),
  nextSessionAt: Instant.nullable(),
  openActions: z.number(),
  weeks: z.array(z.enum(['session', 'booked', 'none'])),
});
export type CoachFellow = z.infer<typeof CoachFellow>;

/** Socket event `session.changed` to its people. */
export const SessionChanged = z.object({
  cohortId: Id,
  sessionId: Id,
  coachId: Id,
  status: SessionStatus,
  startsAt: Instant,
  revision: z.number(),
});
export type SessionChanged = z.infer<typeof SessionChanged>;
