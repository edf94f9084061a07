import { z } from 'zod';
import { Country, Id, Instant, Locale, PlainDate, Person } from '../primitives.js';
import { Pause } from './cohorts.js';

/** What closes a day of a cohort: a pause of its programme, or a public holiday of its country; and what that is called. */
export const ClosedBy = z.object({ kind: z.enum(['pause', 'holiday']), name: z.string() });
export type ClosedBy = z.infer<typeof ClosedBy>;

/** A closed day. `next` is the first open working day after it: where one may move what would stand on it (null: none within 400 days). */
export const ClosedDay = ClosedBy.extend({ on: PlainDate, next: PlainDate.nullable() });
export type ClosedDay = z.infer<typeof ClosedDay>;

/**
 * GET C/closed-days: the closed days from `from` to `to`, both included; left out, those of the residency. `country`: as if the cohort were
 * of that one (staff, admin). `locale`: the language of the names of holidays.
 */
export const ClosedDaysQuery = z.strictObject({
  from: PlainDate.optional(),
  to: PlainDate.optional(),
  country: Country.optional(),
  locale: Locale.default('en'),
});
export type ClosedDaysQuery = z.infer<typeof ClosedDaysQuery>;

/** By day; `holidays` are all public holidays of the span, those in a pause, too. 422 `/to` `end_before_start`, `too_long` (over 800 days), `/from`, `/to` `far_from_residency` (over 800 days from it), `/country` `unknown_country`. */
export const ClosedDays = z.object({
  country: z.string(),
  items: z.array(ClosedDay),
  holidays: z.array(ClosedDay.pick({ on: true, name: true })),
});
export type ClosedDays = z.infer<typeof ClosedDays>;

/** POST C/closed-days/preview (staff, admin): pauses and a country that need not be saved (left out: those of the cohort). */
export const PreviewClosedDays = z.strictObject({
  pauses: z.array(Pause).max(40).optional(),
  country: Country.optional(),
  locale: Locale.default('en'),
});
export type PreviewClosedDays = z.infer<typeof PreviewClosedDays>;

/**
 * What stands on a day that would be closed, and stays there: a workshop, draft or published, a booked session with its people (for the
 * programme team only), or a milestone, which has a day and no time.
 */
export const StandingThen = z.object({
  kind: z.enum(['workshop', 'session', 'milestone']),
  id: Id,
  title: z.string().nullable(),
  titleKey: z.string().nullable(),
  startsAt: Instant.nullable(),
  people: z.array(Person),
  closed: ClosedDay,
});
export type StandingThen = z.infer<typeof StandingThen>;

/** From today on, by day; `more` counts what is left out over 200. Nothing is kept. */
export const ClosedDaysPreview = z.object({ items: z.array(StandingThen), more: z.number() });
export type ClosedDaysPreview = z.infer<typeof ClosedDaysPreview>;
