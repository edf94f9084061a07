import { z } from 'zod';
import { ClosedDay } from '../cohorts/closed-days.js';
import { Despite } from '../calendar.js';
import { Id, Instant, Line, PageQuery, Person, Text, page } from '../primitives.js';
import { filterFields, newFields, shownFields, workshopFields } from './workshop-fields.js';

/** draft -> published -> cancelled; nothing goes back. */
export const WorkshopStatus = z.enum(['draft', 'published', 'cancelled']);
export type WorkshopStatus = z.infer<typeof WorkshopStatus>;

/** On site or online; only asked where a workshop offers both. */
export const AttendanceMode = z.enum(['onsite', 'online']);
export type AttendanceMode = z.infer<typeof AttendanceMode>;

/** Where a person stands with a workshop. `offered` is a place held for them until it lapses. */
export const RegistrationStatus = z.enum([
  'going',
  'waitlisted',
  'offered',
  'cancelled',
  'attended',
  'absent',
  'excused',
]);
export type RegistrationStatus = z.infer<typeof RegistrationStatus>;

/**
 * My registration: `position` (1 = next) only while waitlisted, `until` (when the place held goes to the next) only while offered;
 * `together` while I wait with others of my team and move up with them. `pass`: what I show at the door (`passes.ts`), while I have a place on site that is not used; told with one
 * workshop, not in lists.
 */
export const MyRegistration = z.object({
  status: RegistrationStatus,
  position: z.number().optional(),
  until: Instant.optional(),
  together: z.literal(true).optional(),
  mode: AttendanceMode.nullable().optional(),
  pass: z.string().optional(),
});
export type MyRegistration = z.infer<typeof MyRegistration>;

/**
 * A workshop as the asking member sees it. `link` is null for who is not going (nor host nor staff); `isOnline` says that there is one.
 * `capacity` are the places (on site, where `onlineCapacity` offers others on line), of which hosts keep `reserved` for people they name; `going` and `waitlisted` count both ways,
 * `goingOnline`, `waitlistedOnline` and `offeredOnline` those on line only; `offered` are places held for who was offered one.
 * `offerMinutes`: for how long a place that opens is held for the next in line, who accepts it; null: it is theirs at once. One may join
 * from `opensAt` until `closesAt`, where these are set. `people` are its hosts.
 */
export const Workshop = z.object({
  id: Id,
  cohortId: Id,
  ...shownFields,
  startsAt: Instant,
  endsAt: Instant,
  /** The pause or public holiday in which it stands; null: the cohort is open on its day. */
  closedDay: ClosedDay.nullable(),
  isOnline: z.boolean(),
  hosts: z.array(Id),
  people: z.array(Person),
  /** Who is invited to the cohort and will host it once they have joined, and whether their letter has left; for the programme team, [] for everybody else. */
  invitedHosts: z.array(z.object({ invitationId: Id, name: z.string(), isSent: z.boolean() })),
  /** How many files and links were added beside `materials` (GET .../materials). */
  addedMaterials: z.number(),
  status: WorkshopStatus,
  cancelReason: z.string().nullable(),
  going: z.number(),
  goingOnline: z.number(),
  waitlisted: z.number(),
  waitlistedOnline: z.number(),
  offered: z.number(),
  offeredOnline: z.number(),
  opensAt: Instant.nullable(),
  closesAt: Instant.nullable(),
  mine: MyRegistration.nullable(),
  channelId: Id.nullable(),
  /** Which of how many dates of a series it is; null for one that stands alone. */
  series: z.object({ id: Id, index: z.number(), count: z.number() }).nullable(),
  /** The address of its page for everybody, `/w/...`; null where its hosts want none. */
  publicPath: z.string().nullable(),
  /** Rises when time or place change: what people plan by. */
  revision: z.number(),
  /** Rises with every edit: what an editor last saw. */
  edition: z.number(),
  abilities: z.object({
    edit: z.boolean(),
    publish: z.boolean(),
    /** Drop a draft for good. */
    discard: z.boolean(),
    cancel: z.boolean(),
    join: z.boolean(),
    /** Join with all fellows of my project as one. */
    joinAsTeam: z.boolean(),
    /** Give one of the places that hosts keep. */
    admit: z.boolean(),
    /** Take the place that is held for me. */
    accept: z.boolean(),
    leave: z.boolean(),
    /** Say with the code that I am here. */
    checkIn: z.boolean(),
    /** Say that I cannot come, or take that back. */
    excuse: z.boolean(),
    /** Show the code and say who came. */
    takeAttendance: z.boolean(),
    /** Say how it was: I was there, it is over, and I have not said it yet. */
    giveFeedback: z.boolean(),
    /** Read what others said of it, without their names. */
    readFeedback: z.boolean(),
    seeRegistrations: z.boolean(),
    /** Make one like it, on another day. */
    duplicate: z.boolean(),
    /** Say whether it has a page for everybody, and whether guests may register there. */
    setPublicPage: z.boolean(),
  }),
});
export type Workshop = z.infer<typeof Workshop>;

/**
 * POST C/workshops (staff, coaches; a fellow's is a proposal that staff publish): a draft. It starts in the future and ends after it starts, at most 24 h later.
 * 409 `too_many_drafts` where 20 of one's drafts, or 60 dates of series, wait to be published (not for staff), `drafts_too_large` for what takes too much room.
 */
export const CreateWorkshop = z.strictObject(newFields);
export type CreateWorkshop = z.infer<typeof CreateWorkshop>;

/** PATCH C/workshops/:id (staff, its hosts). `revision` and `edition`, when given, must be those last seen (409 `stale`). */
export const UpdateWorkshop = z
  .strictObject(workshopFields)
  .partial()
  .extend({ revision: z.number().int().optional(), edition: z.number().int().optional(), despite: Despite });
export type UpdateWorkshop = z.infer<typeof UpdateWorkshop>;

/**
 * POST .../publish. A published workshop claims the time of its hosts: 409 `host_busy` with `there` where one has a session or hosts something
 * else then, 409 `clash` where one goes to something; that can be published `despite`.
 */
export const Publish = z.strictObject({ despite: Despite });
export type Publish = z.infer<typeof Publish>;

/** POST .../cancel: the reason is told to all who are going or waiting. */
export const CancelWorkshop = z.strictObject({ reason: Line(500) });
export type CancelWorkshop = z.infer<typeof CancelWorkshop>;

/**
 * PUT .../registration: joins, or goes over to the other way; with `accept` takes the place that is held for me; with `team` joins with
 * the other fellows of my project as one: all get a place, or all wait together and move up together (each alone from a day before). Who has
 * something else then is asked first: 409 `clash` with `there`, and `despite` to come all the same.
 */
export const Register = z
  .strictObject({
    mode: AttendanceMode.optional(),
    accept: z.literal(true).optional(),
    team: z.literal(true).optional(),
    despite: Despite,
  })
  .refine(({ accept, team }) => !(accept && team), {
    path: ['team'],
    params: { code: 'not_allowed' },
    error: 'says nothing where a place is accepted',
  })
  .meta({ not: { required: ['accept', 'team'] } });
export type Register = z.infer<typeof Register>;

/** How a place was used: `going` takes back what was said before. */
export const AttendanceMark = RegistrationStatus.extract(['going', 'attended', 'absent', 'excused']);
export type AttendanceMark = z.infer<typeof AttendanceMark>;

/**
 * POST .../attendance. A participant: `{code}` from the hosts' screen (I am here), or `{status: excused}` (I cannot come, and keep my place
 * in the books; `going` takes it back). Staff and its hosts: `{userId, status}`; who has no place and came gets one, whatever the capacity.
 */
export const TakeAttendance = z
  .strictObject({ code: Line(20).optional(), userId: Id.optional(), status: AttendanceMark.optional() })
  .refine(({ code, status }) => (code === undefined) !== (status === undefined), {
    path: ['status'],
    params: { code: 'required' },
    error: 'says a code or a status, one of them',
  })
  .refine(({ code, userId }) => code === undefined || userId === undefined, {
    path: ['userId'],
    params: { code: 'not_allowed' },
    error: 'is who asks, where a code is said',
  })
  .meta({
    oneOf: [
      { required: ['code'], not: { anyOf: [{ required: ['userId'] }, { required: ['status'] }] } },
      { required: ['status'], not: { required: ['code'] } },
    ],
  });
export type TakeAttendance = z.infer<typeof TakeAttendance>;

/**
 * POST .../attendance/marks, for staff and its hosts: marks that waited on a device without a network, `at` when they were made and
 * `sentAt` now, both by the device's clock (only the time between them counts, so a wrong clock does no harm). Of two marks of one person
 * the one made last stands, whoever made it and whichever arrives last.
 */
export const TakeMarks = z.strictObject({
  sentAt: Instant,
  marks: z
    .array(z.strictObject({ userId: Id, status: AttendanceMark, at: Instant }))
    .min(1)
    .max(500),
});
export type TakeMarks = z.infer<typeof TakeMarks>;

/** Where each person of the marks stands now, in their order; `refused`: the code of why a mark changed nothing. */
export const MarksTaken = z.object({
  items: z.array(z.object({ userId: Id, status: RegistrationStatus.nullable(), refused: z.string().nullable() })),
});
export type MarksTaken = z.infer<typeof MarksTaken>;

/** Where the person stands now. */
export const Attendance = z.object({ userId: Id, status: RegistrationStatus });
export type Attendance = z.infer<typeof Attendance>;

/** GET .../attendance, for staff and its hosts: the code that participants give from `from` until `until` (not in it). */
export const AttendanceCode = z.object({ code: z.string(), from: Instant, until: Instant });
export type AttendanceCode = z.infer<typeof AttendanceCode>;

/**
 * GET `/api/places/:token`, the link of a mail: my place in one workshop, for who holds the link, without a login. POST `.../accept` and
 * `.../leave` answer the same. Times are to be read in the person's own zone.
 */
export const PlaceByLink = z.object({
  cohortId: Id,
  workshopId: Id,
  title: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  timeZone: z.string(),
  mine: MyRegistration.nullable(),
  abilities: z.object({ accept: z.boolean(), leave: z.boolean() }),
});
export type PlaceByLink = z.infer<typeof PlaceByLink>;

/** POST `/api/places/:token/accept`: what else they have then is said as to {@link Register}. */
export const AcceptByLink = z.strictObject({ despite: Despite });
export type AcceptByLink = z.infer<typeof AcceptByLink>;

/** POST .../feedback: by who was there, once, when it is over. */
export const GiveFeedback = z.strictObject({
  rating: z.number().int().min(1).max(5),
  comment: Text(2_000).default(''),
});
export type GiveFeedback = z.infer<typeof GiveFeedback>;

/** What I gave. */
export const MyFeedback = z.object({ rating: z.number(), comment: z.string() });
export type MyFeedback = z.infer<typeof MyFeedback>;

/**
 * GET .../feedback, for staff and its hosts: how many said it (`count`), and how it was. Three people at least come in together, so that who reads before and after learns of nobody
 * what they said: what others gave since is `waiting` until there are three, and in none of the rest. `counts` says how many gave each rating (`counts[0]` is 1; all 0 before the first
 * three), `average` is null before, and what they wrote comes without names, in an order that says nothing of when.
 */
export const FeedbackSummary = z.object({
  count: z.number(),
  waiting: z.number(),
  average: z.number().nullable(),
  counts: z.array(z.number()),
  comments: z.array(z.string()),
});
export type FeedbackSummary = z.infer<typeof FeedbackSummary>;

/**
 * One who comes or waits, in order. Members without the right to more see which members are going, or were there, only. `guest`: from
 * outside; `along`: came along with the guest of that name.
 */
export const Registration = z.object({
  userId: Id,
  person: Person,
  guest: z.enum(['guest', 'along']).optional(),
  status: RegistrationStatus,
  position: z.number().optional(),
  mode: AttendanceMode.nullable().optional(),
  registeredAt: Instant,
});
export type Registration = z.infer<typeof Registration>;

/**
 * GET C/workshops: `when` upcoming (default) or past; `mine` those I am going to or waiting for. `drafts`: `along` (default) also those of the programme that I look
 * after and those that I made; `only`: all that I look after and nothing else, with what others propose.
 */
export const WorkshopsQuery = PageQuery.extend({
  when: z.enum(['upcoming', 'past']).default('upcoming'),
  ...z.object(filterFields).partial().shape,
  tag: z.string().max(30).optional(),
  mine: z.enum(['true', 'false']).optional(),
  drafts: z.enum(['along', 'only']).default('along'),
  q: z.string().max(100).optional(),
});
export type WorkshopsQuery = z.infer<typeof WorkshopsQuery>;

/** A page of workshops, and whether this member may propose one here. */
export const WorkshopList = page(Workshop).extend({ abilities: z.object({ propose: z.boolean() }) });
export type WorkshopList = z.infer<typeof WorkshopList>;

/** Socket event `workshop.changed` to the cohort: fetch again what you show of it. */
export const WorkshopChanged = z.object({
  cohortId: Id,
  workshopId: Id,
  going: z.number(),
  waitlisted: z.number(),
  status: WorkshopStatus,
  revision: z.number(),
});
export type WorkshopChanged = z.infer<typeof WorkshopChanged>;

/** GET C/workshop-tags: the tags of the cohort's workshops, drafts left out, the most used first; `workshops` counts them. */
export const WorkshopTags = z.object({ items: z.array(z.object({ tag: z.string(), workshops: z.number() })) });
export type WorkshopTags = z.infer<typeof WorkshopTags>;
