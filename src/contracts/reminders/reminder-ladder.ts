import { z } from 'zod';
import { ReminderChannel, ReminderKind, ReminderSubjectType } from './reminders.js';
import { Id, Instant, Line, PageQuery, Person, page } from '../primitives.js';

/** Own words, one sentence in each language. `{name}` stands for what the words of such a notice name. */
export const OwnWords = z.strictObject({ en: Line(300), fr: Line(300) });
export type OwnWords = z.infer<typeof OwnWords>;

/**
 * One rung as staff set it. `count` is in the unit of its kind (`unit` of {@link LadderRung}): so many minutes, hours or days before, or
 * after what it counts from. `channels`: on which of these it goes, where its reader has not switched them off. `text`: own words in the
 * place of the built-in ones; null for those.
 */
export const RungSetting = z.strictObject({
  kind: ReminderKind,
  on: z.boolean(),
  count: z.number().int().min(0),
  channels: z.array(ReminderChannel).min(1).max(2),
  text: OwnWords.nullable(),
});
export type RungSetting = z.infer<typeof RungSetting>;

/** A rung as it holds for the cohort, beside what it is by default. */
export const LadderRung = RungSetting.extend({
  subject: ReminderSubjectType,
  /**
   * `before` its start, on the `morning` (09:00 in the cohort's zone) of a day before or (`morning_after`) after it, or `after` what it
   * waits for.
   */
  by: z.enum(['before', 'morning', 'morning_after', 'after']),
  unit: z.enum(['minutes', 'hours', 'days']),
  min: z.number(),
  max: z.number(),
  /** Quiet hours delay it. */
  canWait: z.boolean(),
  /** The reasons for which people get it; empty: whoever is reminded of the subject. */
  onlyFor: z.array(z.string()),
  /** What own words may name. */
  placeholders: z.array(z.string()),
  isChanged: z.boolean(),
  byDefault: z.object({ count: z.number(), channels: z.array(ReminderChannel) }),
});
export type LadderRung = z.infer<typeof LadderRung>;

/** GET C/reminders/ladder (staff): all rungs in their order. `revision` is 0 until somebody changes it. */
export const ReminderLadder = z.object({
  revision: z.number(),
  changedAt: Instant.nullable(),
  changedBy: Person.nullable(),
  rungs: z.array(LadderRung),
});
export type ReminderLadder = z.infer<typeof ReminderLadder>;

/**
 * PUT C/reminders/ladder (staff): the rungs that are not as by default; kinds that are left out are. `revision` is the one that was
 * read. 409 `stale` when somebody was faster (`now`: the ladder as it is); 422 `double`, `mail_only`, `out_of_bounds`, `out_of_order`,
 * `unknown_placeholder`.
 */
export const SaveLadder = z.strictObject({
  revision: z.number().int().min(0),
  rungs: z.array(RungSetting).max(100),
});
export type SaveLadder = z.infer<typeof SaveLadder>;

/** GET C/reminders/ladder/history (staff), newest first. */
export const LadderHistoryQuery = PageQuery;
export type LadderHistoryQuery = PageQuery;

/** One act of somebody on the ladder: what was and what is, of each rung that changed. */
export const LadderChange = z.object({
  id: Id,
  revision: z.number(),
  at: Instant,
  by: Person.nullable(),
  changes: z.array(z.object({ kind: ReminderKind, before: RungSetting, after: RungSetting })),
});
export type LadderChange = z.infer<typeof LadderChange>;
export const LadderHistory = page(LadderChange);
export type LadderHistory = z.infer<typeof LadderHistory>;

/**
 * POST C/reminders/ladder/preview (staff): how a rung would read, on the next reminder like it of somebody in the cohort, else on an invented
 * example. POST C/reminders/ladder/trial (staff): the mail itself, on an invented example, to whoever asks; a few an hour (429).
 */
export const PreviewRung = z.strictObject({
  kind: ReminderKind,
  count: z.number().int().min(0).max(400).optional(),
  text: OwnWords.nullable(),
});
export type PreviewRung = z.infer<typeof PreviewRung>;

const Words = z.object({ title: z.string(), body: z.string() });

/** The words in both languages, for this person; null for an invented example, when nothing like it is planned or was sent. */
export const RungPreview = z.object({
  person: Person.nullable(),
  en: Words,
  fr: Words,
});
export type RungPreview = z.infer<typeof RungPreview>;
