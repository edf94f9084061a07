import { z } from 'zod';
import { ClosedBy } from '../cohorts/closed-days.js';
import { Id, Instant, Line, Locale, Person, PlainDate, PlannedInstant, WallTime } from '../primitives.js';
import { shownFields } from './workshop-fields.js';

/**
 * POST C/workshops/:id/duplicate (who looks after it, and who may make workshops): a draft with the words, places, hosts and rules of
 * another workshop, of the same length, from `startsAt` on; its opening and closing days move along. Nobody is registered. The link to the
 * meeting comes along only for who looks after the first one.
 */
export const DuplicateWorkshop = z.strictObject({ startsAt: PlannedInstant });
export type DuplicateWorkshop = z.infer<typeof DuplicateWorkshop>;

/** A time that goes with a day to be chosen: so many `days` after it (before it, where negative), at `time` on the wall. */
const OnDay = z.object({ days: z.number().int(), time: WallTime });
export type OnDay = z.infer<typeof OnDay>;

/**
 * GET C/workshop-templates (staff, coaches, fellows): what a new workshop can begin with. It has a time of day, a length in minutes and
 * opening and closing relative to the day, but no day. `link` is null but for staff; `hosts` are those who are still members, `people` their names.
 */
export const WorkshopTemplate = z.object({
  id: Id,
  name: z.string(),
  ...shownFields,
  startTime: WallTime,
  minutes: z.number().int(),
  opens: OnDay.nullable(),
  closes: OnDay.nullable(),
  hosts: z.array(Id),
  people: z.array(Person),
});
export type WorkshopTemplate = z.infer<typeof WorkshopTemplate>;

/** How many templates a cohort has at most. */
export const MAX_TEMPLATES = 100;

/** All templates of the cohort, by name. */
export const WorkshopTemplates = z.object({ items: z.array(WorkshopTemplate) });
export type WorkshopTemplates = z.infer<typeof WorkshopTemplates>;

/** POST C/workshop-templates (staff): keeps a workshop as a template. 409 `name_taken`, `too_many_templates`. */
export const SaveTemplate = z.strictObject({ workshopId: Id, name: Line(80) });
export type SaveTemplate = z.infer<typeof SaveTemplate>;

/** PATCH C/workshop-templates/:id (staff). 409 `name_taken`. */
export const RenameTemplate = z.strictObject({ name: Line(80) });
export type RenameTemplate = z.infer<typeof RenameTemplate>;

/** How many workshops one cohort's programme may have to be copied. */
export const MAX_COPIED = 1000;

/**
 * POST C/workshops/copy/preview, `/copy` (staff of both cohorts): the programme of another cohort, as drafts, so many whole weeks later as
 * lie between the first days of the two, each at its weekday and hour. `onClosed`: a date on which this cohort is closed moves on by a week, is
 * left out, or is kept; `locale`: in which holidays are named. `only`: these workshops of the other cohort, else all.
 */
export const CopyProgramme = z.strictObject({
  fromCohortId: Id,
  onClosed: z.enum(['move', 'leave_out', 'keep']).default('move'),
  only: z.array(Id).max(MAX_COPIED).optional(),
  locale: Locale.default('en'),
});
export type CopyProgramme = z.infer<typeof CopyProgramme>;

/**
 * What becomes of a workshop: it is a draft to be made (`copy`), one that was made before (`copied`), or left out since its new date is
 * `past`, is `closed`, or is closed and a week later its series has a date already (`taken`).
 */
export const CopyFate = z.enum(['copy', 'copied', 'past', 'closed', 'taken']);
export type CopyFate = z.infer<typeof CopyFate>;

/**
 * The table of a copy, by old start. `weeks` is by how many it moves. `id` is the old workshop, `workshopId` its copy once there is one.
 * `closed` says what closes the new date, `day`, whether it moved from there, is left out or is kept. `outside`: the new date lies before the cohort's first day or after its last.
 * `hostsLeft` counts hosts who are not in the new cohort. `made` counts the drafts of this act (0 in a preview).
 */
export const ProgrammeCopy = z.object({
  weeks: z.number().int(),
  made: z.number().int(),
  items: z.array(
    z.object({
      id: Id,
      title: z.string(),
      timeZone: z.string(),
      from: z.object({ startsAt: Instant, endsAt: Instant }),
      to: z.object({ startsAt: Instant, endsAt: Instant }),
      fate: CopyFate,
      closed: ClosedBy.extend({ day: PlainDate }).nullable(),
      outside: z.boolean(),
      hostsLeft: z.number().int(),
      series: z.object({ index: z.number(), count: z.number() }).nullable(),
      workshopId: Id.nullable(),
    }),
  ),
});
export type ProgrammeCopy = z.infer<typeof ProgrammeCopy>;
