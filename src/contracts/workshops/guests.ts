import { z } from 'zod';
import { Email, Id, Instant, Line, Locale, PageQuery, Text } from '../primitives.js';
import { publicFields } from './workshop-fields.js';
import { AttendanceMode, MyRegistration, RegistrationStatus, WorkshopStatus } from './workshops.js';
import { TimeZone } from '../time-zone.js';

/** Days after the end of a workshop after which what its guests gave is erased. */
export const GUESTS_KEPT_DAYS = 30;

/**
 * The name of a question within its workshop, made by who writes it: answers stay with it when its words change. They are kept under it, and what every object has
 * anyway can keep none.
 */
const QuestionId = z.string().regex(/^(?!constructor$)[a-z0-9]{1,16}$/);

/** What a guest is asked with their registration. `options` of a choice only. */
export const GuestQuestion = z
  .strictObject({
    id: QuestionId,
    kind: z.enum(['text', 'choice', 'yesno']),
    label: Line(200),
    required: z.boolean(),
    options: z.array(Line(100)).max(12).default([]),
  })
  .refine(({ kind, options }) => kind !== 'choice' || new Set(options).size >= 2, {
    path: ['options'],
    params: { code: 'too_few_options' },
    error: 'are at least two, each another one',
  });
export type GuestQuestion = z.infer<typeof GuestQuestion>;

/** What a guest answered: by the question's id, words or yes and no. */
export const GuestAnswers = z.record(QuestionId, z.union([z.boolean(), Text(500)]));
export type GuestAnswers = z.infer<typeof GuestAnswers>;

/** What guests may have of the places where nobody says otherwise: a page that anybody fills in must not take a workshop from those whose programme it is. */
export const GUEST_PERCENT = 50;

const pageFields = {
  /** Whether everybody with the address sees the page. */
  on: z.boolean(),
  /** Whether people from outside may register on it. */
  guests: z.boolean(),
  /** Whether a guest may bring one person along. */
  plusOne: z.boolean(),
  /** Of the places of each way to take part, how many of a hundred guests may have or wait for at most, rounded up; of all of them they may wait beyond, in one line with members. */
  guestPercent: z.number().int().min(1).max(100),
  /** Those of the hosts whose names stand on it. */
  shownHosts: z.array(Id).max(10),
  questions: z.array(GuestQuestion).max(8),
};

/** GET and PUT C/workshops/:id/public-page, for staff and its hosts. `slug`: the last part of its address `/w/:slug`; null until it was first on. */
export const PublicPage = z.object({ ...pageFields, slug: z.string().nullable() });
export type PublicPage = z.infer<typeof PublicPage>;

/** `guestPercent` absent: as it was. */
export const SetPublicPage = z
  .strictObject({ ...pageFields, guestPercent: pageFields.guestPercent.optional() })
  .refine(({ questions }) => new Set(questions.map(({ id }) => id)).size === questions.length, {
    path: ['questions'],
    params: { code: 'doubled' },
    error: 'have each another id',
  });
export type SetPublicPage = z.infer<typeof SetPublicPage>;

/**
 * GET `/api/public/workshops/:slug`, without a login: a workshop as everybody may see it. Never who comes, nor the address of the room on
 * line. `left`: places that one would get at once. `registration` null: no guests; `because`: why not now, a code as of a 409 (`guests_full`: others of them have what
 * guests may have).
 */
export const PublicWorkshop = z.object({
  slug: z.string(),
  ...publicFields,
  startsAt: Instant,
  endsAt: Instant,
  isOnline: z.boolean(),
  status: WorkshopStatus.exclude(['draft']),
  isOver: z.boolean(),
  cohort: z.object({ name: z.string(), color: z.string() }),
  hosts: z.array(z.string()),
  /** On site, or the only way there is; on line where both are offered. */
  left: z.object({ onsite: z.number(), online: z.number().nullable() }),
  registration: z
    .object({
      because: z.string().nullable(),
      opensAt: Instant.nullable(),
      closesAt: Instant.nullable(),
      plusOne: z.boolean(),
      questions: z.array(GuestQuestion),
    })
    .nullable(),
});
export type PublicWorkshop = z.infer<typeof PublicWorkshop>;

/**
 * POST `/api/public/workshops/:slug/guests`, without a login: 202 whoever asks. A mail to that address says how to go on: nobody has a place
 * before they open its link. `timeZone` is the one in which mails say the hour.
 */
export const RegisterGuest = z.strictObject({
  name: Line(100),
  email: Email,
  mode: AttendanceMode.optional(),
  plusOne: z.boolean().default(false),
  answers: GuestAnswers.default({}),
  locale: Locale,
  timeZone: TimeZone,
});
export type RegisterGuest = z.infer<typeof RegisterGuest>;

/**
 * GET `/api/guests/:token`, the link of a mail, without a login; POST `.../confirm`, `.../accept` and `.../leave` answer the same. `mine`:
 * null for who has no place and does not wait; `companion`: where whom they bring along stands, `companionPass`: what they show at the door. `link`: of the room on line, for who has a place.
 * `leftAt`: when they gave their place back; `again`: the slug of the page on which they can register again then. `because`: why who has no place cannot ask for one now, a code as of a
 * 409.
 */
export const GuestPlace = z.object({
  name: z.string(),
  title: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  timeZone: z.string(),
  place: z.string().nullable(),
  link: z.string().nullable(),
  status: WorkshopStatus.exclude(['draft']),
  mine: MyRegistration.nullable(),
  plusOne: z.boolean(),
  companion: RegistrationStatus.nullable(),
  companionPass: z.string().optional(),
  leftAt: Instant.nullable(),
  again: z.string().nullable(),
  because: z.string().nullable(),
  abilities: z.object({ confirm: z.boolean(), accept: z.boolean(), leave: z.boolean() }),
});
export type GuestPlace = z.infer<typeof GuestPlace>;

/**
 * One guest, for hosts and staff. `email` null: a host let them in. `status` null: they gave their place back at `leftAt`, or have not confirmed. `refused`: the mail server
 * refused the last letter to them for good, `answer` being the codes of what it said (`550 5.1.1`).
 */
export const Guest = z.object({
  id: Id,
  name: z.string(),
  email: z.string().nullable(),
  plusOne: z.boolean(),
  status: RegistrationStatus.nullable(),
  leftAt: Instant.nullable(),
  answers: z.array(z.object({ question: z.string(), answer: z.union([z.string(), z.boolean()]) })),
  askedAt: Instant,
  refused: z.object({ at: Instant, answer: z.string().nullable() }).nullable(),
  /** `end`: DELETE C/workshops/:id/guests/:guestId takes their place, and that of whom they bring along; they hear of it by mail. */
  abilities: z.object({ end: z.boolean() }),
});
export type Guest = z.infer<typeof Guest>;

/** GET C/workshops/:id/guests: 500 a page, in order of asking. */
export const GuestsQuery = PageQuery.pick({ cursor: true });
export type GuestsQuery = z.infer<typeof GuestsQuery>;

export const Guests = z.object({ items: z.array(Guest), nextCursor: z.string().nullable() });
export type Guests = z.infer<typeof Guests>;

/** POST C/workshops/:id/guests: somebody from outside who is there; from 15 minutes before the start until a day after the end (409 `too_early`, `guests_too_late`), and as many as there are
 * places, 30 at least (409 `too_many_guests`, `maximum`). Sent again with the same `key`, nothing more happens. `at`, `sentAt`: as in `TakeMarks`. */
export const AddGuest = z.strictObject({
  name: Line(100),
  key: z.string().min(8).max(64),
  at: Instant.optional(),
  sentAt: Instant.optional(),
});
export type AddGuest = z.infer<typeof AddGuest>;
