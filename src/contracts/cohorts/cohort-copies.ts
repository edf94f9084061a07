import { z } from 'zod';
import { ClientId, Country, Instant, Locale, PlainDate } from '../primitives.js';
import { ReminderSubjectType } from '../reminders/reminders.js';
import { CreateCohort, Milestone, Phase } from './cohorts.js';

/**
 * What of a cohort a new one can begin with. `rules`: when, how and in which words it is reminded; `workshops`: as drafts; `channels`: the open
 * ones, with nobody and nothing in them. Phases and milestones that do not come along are those of the template.
 */
export const CopyKind = z.enum(['phases', 'milestones', 'rules', 'workshops', 'channels', 'handbook']);
export type CopyKind = z.infer<typeof CopyKind>;

/**
 * POST C/copies/preview (admins who are staff of C): what would come along from C, as much of it as there is. `withPhases`: milestones are shown on the
 * days that they have in the phases of C; else in those of the template, which lasts so many `months`. Without `country`, with the holidays of C.
 */
export const PreviewCohortCopy = z.strictObject({
  startsOn: PlainDate,
  months: CreateCohort.shape.months,
  country: Country.optional(),
  locale: Locale.optional(),
  withPhases: z.boolean().default(true),
});
export type PreviewCohortCopy = z.infer<typeof PreviewCohortCopy>;

/**
 * How much there is of each kind, and the first of it: of rules, what they are about. `endsOn` is the last day. `workshops` counts those that become drafts, `outside` those of them that lie
 * before the first day or after the last one, `left` those that do not, since their new date is past, is closed for weeks, or has one of their series already. `title` of a page is in the
 * language asked for, else in the other one.
 */
export const CohortCopyPreview = z.object({
  endsOn: PlainDate,
  phases: z.array(Phase),
  milestones: z.object({
    count: z.number(),
    first: z.array(Milestone.pick({ titleKey: true, title: true, on: true })),
  }),
  rules: z.object({ count: z.number(), first: z.array(ReminderSubjectType) }),
  workshops: z.object({
    count: z.number(),
    outside: z.number(),
    left: z.number(),
    first: z.array(z.object({ title: z.string(), startsAt: Instant })),
  }),
  channels: z.object({ count: z.number(), first: z.array(z.string()) }),
  handbook: z.object({ count: z.number(), first: z.array(z.string()) }),
});
export type CohortCopyPreview = z.infer<typeof CohortCopyPreview>;

/**
 * POST C/copies (admins who are staff of C): makes a cohort that begins with these `kinds` of C. Who makes it is of its programme team. Phases and milestones
 * are there with it; the rest comes along within moments. Zone, language and country are those of C where none is given. The same `clientId` of mine again answers the
 * cohort that it made.
 */
export const CopyCohort = CreateCohort.omit({ asTeam: true }).extend({
  clientId: ClientId,
  kinds: z.array(CopyKind).min(1).max(CopyKind.options.length),
  timeZone: CreateCohort.shape.timeZone.optional(),
});
export type CopyCohort = z.infer<typeof CopyCohort>;
