import { z } from 'zod';
import { Id, Instant, Locale, PlainDate } from '../primitives.js';
import { TimeZone } from '../time-zone.js';
import { FieldKey, FormField, FormFields, InBoth, LineInBoth, PublishedForm, TextInBoth } from './forms.js';

/** An instant, or a day, of this century: a mistyped year must not keep a file for a thousand. */
const ThisCentury = { error: 'must lie between 2000 and 2099' };
const CallInstant = Instant.regex(/^20/, ThisCentury);
const CallDay = PlainDate.regex(/^20/, ThisCentury);

/** Who answers a call: agencies with projects, or people who want to be fellows. */
export const CallKind = z.enum(['projects', 'fellows']);
export type CallKind = z.infer<typeof CallKind>;

/** `draft`: the programme team writes it; `published`: on its page, open from its opening to its closing; `closed`: nothing comes in any more. */
export const CallState = z.enum(['draft', 'published', 'closed']);
export type CallState = z.infer<typeof CallState>;

/** What files are read for. Weights of all are 100 together when the call goes out. */
export const Criterion = z.strictObject({
  key: FieldKey,
  name: LineInBoth(100),
  help: LineInBoth(300),
  weight: z.number().int().min(0).max(100),
});
export type Criterion = z.infer<typeof Criterion>;

/** What happens on a day, or from one day to another (`until`, inclusive), after the closing. Opening and closing stand on the page by themselves. */
export const CallDate = z.strictObject({
  on: CallDay,
  until: CallDay.nullable(),
  title: LineInBoth(120),
  text: LineInBoth(300),
});
export type CallDate = z.infer<typeof CallDate>;

const words = {
  title: LineInBoth(120),
  /** One line under the title. */
  lead: LineInBoth(300),
  /** Markdown: its headings are the parts of the page. */
  text: TextInBoth(20_000),
  /** What became of it, in one line: its page says so once it is over. */
  outcome: LineInBoth(300),
};

const writable = {
  ...words,
  /** The first and the last second in which something can be handed in; null while that is not settled. */
  opensAt: CallInstant.nullable(),
  closesAt: CallInstant.nullable(),
  timeZone: TimeZone,
  dates: z.array(CallDate).max(20),
  criteria: z.array(Criterion).max(12),
  /** So many months after its closing what was handed in and not taken is erased. */
  keepRefusedMonths: z.number().int().min(1).max(24),
};

/**
 * A call as the programme team sees it. `form` is the version that is published (null before the first); `fields` are those that staff write, and `isFormChanged` says whether
 * they differ. `slug`: the last part of its address `/calls/:slug`. `counts`: of files, by where they stand.
 */
export const Call = z.object({
  ...writable,
  id: Id,
  kind: CallKind,
  slug: z.string(),
  state: CallState,
  isOpen: z.boolean(),
  form: PublishedForm.nullable(),
  fields: z.array(FormField),
  isFormChanged: z.boolean(),
  revision: z.number(),
  publishedAt: Instant.nullable(),
  counts: z.object({ drafts: z.number(), submitted: z.number(), withdrawn: z.number() }),
  abilities: z.object({
    ...{ edit: z.boolean(), publish: z.boolean(), extend: z.boolean(), close: z.boolean(), decide: z.boolean() },
    addFiles: z.boolean(),
    /** Whether it is time to say the `outcome`: the call is over, also where staff closed it. */
    tellOutcome: z.boolean(),
  }),
});
export type Call = z.infer<typeof Call>;

/** A call in the list of its cohort. */
export const CallSummary = Call.pick({
  ...{ id: true, kind: true, slug: true, state: true, isOpen: true, title: true, opensAt: true, closesAt: true },
  ...{ timeZone: true, counts: true },
});
export type CallSummary = z.infer<typeof CallSummary>;

/** GET C/calls (staff): the newest first. */
export const Calls = z.object({ items: z.array(CallSummary) });
export type Calls = z.infer<typeof Calls>;

/**
 * POST C/calls (staff): a draft with the fields and words of the template of its kind, or (`fromCallId`) of an earlier call of that kind, whose days are moved as far as the two cohorts
 * lie apart.
 */
export const CreateCall = z.strictObject({ kind: CallKind, title: LineInBoth(120), fromCallId: Id.optional() });
export type CreateCall = z.infer<typeof CreateCall>;

/** GET C/calls/earlier (staff): calls of all cohorts of which one is of the programme team, from which another one can begin; the newest first. */
export const EarlierCalls = z.object({
  items: z.array(
    CallSummary.pick({ id: true, kind: true, title: true, closesAt: true }).extend({ cohortName: z.string() }),
  ),
});
export type EarlierCalls = z.infer<typeof EarlierCalls>;

/**
 * PATCH C/calls/:id (staff): what is given is written over; `revision` is the one that was shown, of another 409 `edited_meanwhile`. `fields` go out as a new version with
 * `publish`, all else at once. What was published keeps its closing (`extend`), and the opening once it is over. Of what staff closed `outcome` alone can be written.
 */
export const UpdateCall = z
  .strictObject({ ...writable, fields: FormFields })
  .partial()
  .extend({ revision: z.number().int().min(0) });
export type UpdateCall = z.infer<typeof UpdateCall>;

/** POST C/calls/:id/publish (staff): the call goes out, or its form as a new version. 422 says all that is lacking. */
export const PublishCall = z.strictObject({ revision: z.number().int().min(0) });
export type PublishCall = z.infer<typeof PublishCall>;

/** POST C/calls/:id/extend (staff): a later closing; who has a draft is told. */
export const ExtendCall = z.strictObject({ closesAt: CallInstant });
export type ExtendCall = z.infer<typeof ExtendCall>;

/** GET /api/calls/:slug, without a login: a call as everybody may see it. `isOpen`: something can be handed in now. `outcome` is empty until it is over. */
export const PublicCall = z.object({
  ...{ slug: z.string(), kind: CallKind, title: InBoth, lead: InBoth, text: InBoth, outcome: InBoth },
  ...{ opensAt: Instant, closesAt: Instant, timeZone: z.string(), isOpen: z.boolean(), isOver: z.boolean() },
  dates: z.array(CallDate),
  criteria: z.array(Criterion),
  keepRefusedMonths: z.number(),
  form: PublishedForm,
  cohort: z.object({ name: z.string(), color: z.string(), startsOn: PlainDate, endsOn: PlainDate }),
});
export type PublicCall = z.infer<typeof PublicCall>;

/** GET /api/calls, without a login: those that are open or will be, by their closing. */
export const PublicCalls = z.object({
  items: z.array(
    PublicCall.pick({
      ...{ slug: true, kind: true, title: true, lead: true, opensAt: true, closesAt: true, timeZone: true },
      ...{ isOpen: true, cohort: true },
    }),
  ),
});
export type PublicCalls = z.infer<typeof PublicCalls>;

/** GET /api/calls/feed.atom, without a login: the same for a reader of feeds, in Atom (RFC 4287). */
export const CallsFeedQuery = z.strictObject({ locale: Locale.default('en') });
export type CallsFeedQuery = z.infer<typeof CallsFeedQuery>;
