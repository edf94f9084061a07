import { z } from 'zod';
import { ClosedBy } from '../cohorts/closed-days.js';
import { Despite, There } from '../calendar.js';
import { Id, Instant, Locale, PlainDate, PlannedInstant } from '../primitives.js';
import {
  CancelWorkshop,
  CreateWorkshop,
  MyRegistration,
  AttendanceMode,
  UpdateWorkshop,
  WorkshopStatus,
} from './workshops.js';
import { TimeZone } from '../time-zone.js';

/** How many dates a series has at most. */
export const MAX_DATES = 60;

const saysHowFar = ({ until, count }: { until: string | null; count: number | null }) =>
  (until === null) !== (count === null);
const howFar = {
  path: ['until'],
  params: { code: 'required' },
  error: 'says until when, or how often: one of them',
};
const SAYS_HOW_FAR = {
  oneOf: [
    { required: ['until'], properties: { until: { type: 'string' } } },
    { required: ['count'], properties: { count: { type: 'integer' } } },
  ],
};
const HAS_ORDINAL = { required: ['ordinal'], properties: { ordinal: { type: 'integer' } } };

/**
 * When a workshop comes again: a part of RFC 5545, section 3.3.10. Each `interval` weeks on these `weekdays` (1 is Monday), or each
 * `interval` months on the `ordinal`-th (-1: the last) of these weekdays; up to and with the day `until`, or `count` times. Days are on the
 * wall of the workshop's zone.
 */
export const Repeat = z
  .strictObject({
    unit: z.enum(['week', 'month']),
    interval: z.number().int().min(1).max(12).default(1),
    weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
    ordinal: z
      .union([z.literal(-1), z.number().int().min(1).max(4)])
      .meta({ type: 'integer' })
      .nullable()
      .default(null),
    until: PlainDate.nullable().default(null),
    count: z.number().int().min(2).max(MAX_DATES).nullable().default(null),
  })
  .refine(saysHowFar, howFar)
  .refine(({ unit, ordinal }) => (unit === 'month') === (ordinal !== null), {
    path: ['ordinal'],
    params: { code: 'required' },
    error: 'says which of the month, and only of a month',
  })
  .meta({
    ...SAYS_HOW_FAR,
    anyOf: [
      { properties: { unit: { enum: ['week'] } }, not: HAS_ORDINAL },
      { ...HAS_ORDINAL, properties: { ...HAS_ORDINAL.properties, unit: { enum: ['month'] } } },
    ],
  });
export type Repeat = z.infer<typeof Repeat>;

/** POST C/workshop-series/preview: the first date and how it comes again; nothing is kept. `locale`: in which holidays are named. */
export const PreviewSeries = z.strictObject({
  startsAt: PlannedInstant,
  endsAt: PlannedInstant,
  timeZone: TimeZone,
  repeat: Repeat,
  locale: Locale.default('en'),
});
export type PreviewSeries = z.infer<typeof PreviewSeries>;

/** The dates that would be made. `date` is the day on the wall of the zone; `closed`: the cohort is closed then. */
export const SeriesPreview = z.object({
  dates: z.array(
    z.object({
      date: PlainDate,
      startsAt: Instant,
      endsAt: Instant,
      closed: ClosedBy.nullable(),
      past: z.boolean(),
    }),
  ),
});
export type SeriesPreview = z.infer<typeof SeriesPreview>;

/**
 * POST C/workshop-series: the first date and how it comes again; all dates as drafts, or none. `except` are days of the rule that are left out. `key` is made by who asks, once
 * for each series meant: asked twice with it, the same series is the answer.
 */
export const CreateSeries = CreateWorkshop.extend({
  key: z.string().min(8).max(64),
  repeat: Repeat,
  except: z.array(PlainDate).max(MAX_DATES).default([]),
});
export type CreateSeries = z.infer<typeof CreateSeries>;

/** One date of a series as the asking member sees it: an ordinary workshop. `recurrenceId` is its start as first planned. */
export const SeriesDate = z.object({
  workshopId: Id,
  recurrenceId: Instant,
  index: z.number(),
  title: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  timeZone: z.string(),
  place: z.string().nullable(),
  status: WorkshopStatus,
  going: z.number(),
  waitlisted: z.number(),
  placesLeft: z.number(),
  mine: MyRegistration.nullable(),
  abilities: z.object({ join: z.boolean(), leave: z.boolean() }),
});
export type SeriesDate = z.infer<typeof SeriesDate>;

/**
 * GET C/workshop-series/:id: the dates this member may see, in their order. `count` is how many were made; `edition` rises with every
 * edit of any date, and with every act on several.
 */
export const WorkshopSeries = z.object({
  id: Id,
  cohortId: Id,
  edition: z.number(),
  timeZone: z.string(),
  repeat: Repeat,
  count: z.number(),
  dates: z.array(SeriesDate),
  abilities: z.object({
    edit: z.boolean(),
    publish: z.boolean(),
    cancel: z.boolean(),
    lengthen: z.boolean(),
    discard: z.boolean(),
    join: z.boolean(),
    leave: z.boolean(),
  }),
});
export type WorkshopSeries = z.infer<typeof WorkshopSeries>;

/** Which dates an act is about: those from one date on, or all; never those that have begun or were cancelled. */
export const SeriesScope = z.enum(['following', 'all']);
export type SeriesScope = z.infer<typeof SeriesScope>;

/** Where an act on a series is begun: at the date `workshopId`, having seen `edition` of the series (else 409 `stale`). */
const At = { scope: SeriesScope, workshopId: Id, edition: z.number().int() };

/**
 * PATCH C/workshop-series/:id: what differs from the date `workshopId` is changed on each date of the scope, and nothing else. A new start
 * is the same hour on the wall of each date, and as many days later or earlier; a new length is the length of each.
 */
export const UpdateSeries = UpdateWorkshop.omit({ revision: true, edition: true }).extend(At);
export type UpdateSeries = z.infer<typeof UpdateSeries>;

/** POST C/workshop-series/:id/cancel: published dates are called off with a reason, drafts among them dropped. */
export const CancelSeries = z.strictObject({ ...At, reason: CancelWorkshop.shape.reason });
export type CancelSeries = z.infer<typeof CancelSeries>;

/** Until when, or how often in all, its rule goes on; all else of the rule stays. `workshopId`: the date that new ones are like. */
const GoesOn = {
  workshopId: Id,
  until: PlainDate.nullable().default(null),
  count: z.number().int().min(2).max(MAX_DATES).nullable().default(null),
};
/** POST C/workshop-series/:id/lengthen/preview: the dates that would be added; nothing is kept. */
export const PreviewLonger = z
  .strictObject({ ...GoesOn, locale: Locale.default('en') })
  .refine(saysHowFar, howFar)
  .meta(SAYS_HOW_FAR);
export type PreviewLonger = z.infer<typeof PreviewLonger>;

/**
 * POST C/workshop-series/:id/lengthen: adds what the rule makes after its dates so far, but for the days `except`; all of it or nothing. They
 * are like the date `workshopId`: its hour on the wall, as many days beside the rule, its places and hosts, drafts where it is one. Whoever
 * stands on all dates to come asks for a place on the new ones by that; others on some are told.
 */
export const LengthenSeries = z
  .strictObject({
    ...GoesOn,
    edition: z.number().int(),
    except: z.array(PlainDate).max(MAX_DATES).default([]),
    despite: Despite,
  })
  .refine(saysHowFar, howFar)
  .meta(SAYS_HOW_FAR);
export type LengthenSeries = z.infer<typeof LengthenSeries>;

/** PUT C/workshop-series/:id/registration: joins every date to come where I do not stand yet. */
export const RegisterInSeries = z.strictObject({ mode: AttendanceMode.optional(), despite: Despite });
export type RegisterInSeries = z.infer<typeof RegisterInSeries>;

/**
 * What became of each date to come: where I stand now, or why not (`refused`: the code of a 409 for that date alone). `there`: what lies over
 * those refused for `clash`, which the same with `despite` joins.
 */
export const SeriesRegistration = z.object({
  dates: z.array(
    z.object({ workshopId: Id, startsAt: Instant, mine: MyRegistration.nullable(), refused: z.string().nullable() }),
  ),
  there: z.array(There),
});
export type SeriesRegistration = z.infer<typeof SeriesRegistration>;
