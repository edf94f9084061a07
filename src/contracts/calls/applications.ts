import { z } from 'zod';
import { Email, Id, Instant, Locale, PageQuery, page } from '../primitives.js';
import { ApplicationAct } from './acts.js';
import { Answer, Answers } from './answers.js';
import { TimeZone } from '../time-zone.js';
import { CallKind, PublicCall } from './calls.js';
import { Decision, StandingKind } from './decisions.js';
import { Asked, AskedPiece } from './asking.js';
import { AddedFile, Duplicate, FileTag } from './desk.js';
import { FieldKey, InBoth, PublishedForm } from './forms.js';
import { MyPlace } from './places.js';

/** Where a file stands. `draft`: not handed in yet, whatever its pages say. The last four are decisions, from when their letter goes; `lapsed`: the place was lost. */
export const ApplicationState = z.enum([
  'draft',
  'submitted',
  'withdrawn',
  'accepted',
  'waiting',
  'declined',
  'lapsed',
]);
export type ApplicationState = z.infer<typeof ApplicationState>;

/** POST /api/calls/:slug/applications, without a login: 202 whoever asks. A mail to that address has the link that opens the file, the one that was begun before. Letters say hours in `timeZone`. */
export const BeginApplication = z.strictObject({ email: Email, locale: Locale, timeZone: TimeZone.optional() });
export type BeginApplication = z.infer<typeof BeginApplication>;

/** POST /api/applications/open: the token of a mail's link. */
export const OpenApplication = z.strictObject({ token: z.string().max(300) });
export type OpenApplication = z.infer<typeof OpenApplication>;

/**
 * A file as who applies sees it. `answers` as they are typed; `submitted` what counts: when it was handed in last, how often, and in what `revision`, so that `isChanged` says that
 * something was typed since. `revisions`: in which revision each answer was changed last. `eraseAt`: when all of it is erased, as things stand.
 */
export const Application = z.object({
  id: Id,
  state: ApplicationState,
  number: z.string().nullable(),
  email: z.string(),
  locale: Locale,
  call: PublicCall.pick({
    ...{
      slug: true,
      kind: true,
      title: true,
      opensAt: true,
      closesAt: true,
      timeZone: true,
      isOpen: true,
      isOver: true,
    },
    ...{ dates: true, keepRefusedMonths: true, cohort: true },
  }),
  form: PublishedForm,
  revision: z.number(),
  answers: Answers,
  revisions: z.record(FieldKey, z.number()),
  changedAt: Instant.nullable(),
  submitted: z
    .object({ at: Instant, times: z.number(), revision: z.number(), answers: Answers, isChanged: z.boolean() })
    .nullable(),
  withdrawnAt: Instant.nullable(),
  /** What was decided, in the words of its letter; null while nothing is, or it is held. `place`: of who is asked to confirm it. */
  decision: z.object({ kind: StandingKind, at: Instant, words: z.string(), place: MyPlace.nullable() }).nullable(),
  /** What the programme team asks for, also after the closing: of the answers these alone can be changed then. */
  asked: Asked.nullable(),
  eraseAt: Instant,
  /** `only`: of the answers these alone can be changed; null: all, if any. */
  abilities: z.object({
    ...{ edit: z.boolean(), submit: z.boolean(), withdraw: z.boolean(), only: z.array(FieldKey).nullable() },
  }),
});
export type Application = z.infer<typeof Application>;

/** Answer to `open`: `accessToken` is the bearer of the routes of this one file, for some hours; then the link is opened again. */
export const OpenedApplication = z.object({ accessToken: z.string(), application: Application });
export type OpenedApplication = z.infer<typeof OpenedApplication>;

/**
 * PATCH /api/applications/:id: the answers that were changed, null for one that was taken away. `revision` is the one that was shown: an answer that somebody, or another tab, changed
 * after it is kept as they wrote it, and named in `conflicts` with what was sent, so that who typed it can choose.
 */
export const SaveAnswers = z.strictObject({
  revision: z.number().int().min(0),
  answers: z
    .record(FieldKey, Answer.nullable())
    .refine((answers) => Object.keys(answers).length > 0, { params: { code: 'required' }, error: 'is empty' }),
});
export type SaveAnswers = z.infer<typeof SaveAnswers>;

/** Answer to {@link SaveAnswers}. */
export const SavedAnswers = z.object({
  application: Application,
  conflicts: z.array(z.object({ field: z.string(), sent: Answer.nullable(), kept: Answer.nullable() })),
});
export type SavedAnswers = z.infer<typeof SavedAnswers>;

/**
 * POST .../submit: what is handed in is what was shown in this `revision`, of another 409 `edited_meanwhile`. 409 `incomplete` names in `missing` all that is missing; 409 `call_closed` counts
 * by when the request was received, `call_not_open` before the opening.
 */
export const SubmitApplication = z.strictObject({ revision: z.number().int().min(0) });
export type SubmitApplication = z.infer<typeof SubmitApplication>;

/** GET C/calls/:id/applications (staff). What was never handed in is counted, and read by nobody. `state` `waiting`: who wrote and has no answer yet; `asked`: who is asked for a piece, until it is decided. `q`: words of the name, the number or the address. */
export const ApplicationsQuery = PageQuery.extend({
  state: z.enum(['submitted', 'withdrawn', 'waiting', 'asked']).optional(),
  q: z.string().max(100).optional(),
  craft: FieldKey.optional(),
  /** `none`: what is to be decided; `open` and `taken`: places that are to be confirmed, and that are. */
  decision: z.enum(['none', ...StandingKind.options, 'open', 'taken']).optional(),
  tag: FileTag.optional(),
  /** `duplicates`: those of which there is another one of the same name, or from the same address in another call of the cohort. */
  only: z.enum(['duplicates']).optional(),
  sort: z.enum(['number', 'name', 'submitted']).default('number'),
});
export type ApplicationsQuery = z.infer<typeof ApplicationsQuery>;

/** A file in the table: what it says under the known keys. */
export const ApplicationSummary = z.object({
  id: Id,
  number: z.string(),
  state: ApplicationState,
  name: z.string(),
  email: z.string(),
  town: z.string().nullable(),
  craft: InBoth.nullable(),
  agency: z.string().nullable(),
  title: z.string().nullable(),
  submittedAt: Instant,
  /** Who applies wrote, and has no answer yet. */
  waits: z.boolean(),
  /** What they are asked for, until it is decided. */
  asked: AskedPiece.nullable(),
  decision: Decision.nullable(),
  /** The letter with the decision that stands, or with what they are asked for now, could not be delivered; `address`: the last other one could not. */
  undelivered: z.enum(['decision', 'asked', 'address']).nullable(),
  tags: z.array(z.string()),
});
export type ApplicationSummary = z.infer<typeof ApplicationSummary>;

/** The page of a table. `counts` are of all files of the call, whatever is asked for; so many of them are `waiting` for an answer, or `asked` for a piece, and so many `decisions` there are about what stands; of those that are accepted so many places are `open` and `taken`. */
export const ApplicationPage = page(ApplicationSummary).extend({
  counts: z.object({ drafts: z.number(), submitted: z.number(), withdrawn: z.number() }),
  waiting: z.number(),
  asked: z.number(),
  decisions: z.object({
    ...{ none: z.number(), accepted: z.number(), waiting: z.number(), declined: z.number(), lapsed: z.number() },
    ...{ open: z.number(), taken: z.number() },
  }),
  /** All tags of the call. */
  tags: z.array(z.string()),
  found: z.number(),
});
export type ApplicationPage = z.infer<typeof ApplicationPage>;

/** GET C/calls/:id/applications/:applicationId (staff): what was handed in, with the form in which it was. */
export const ApplicationFile = ApplicationSummary.extend({
  kind: CallKind,
  form: PublishedForm,
  answers: Answers,
  times: z.number(),
  duplicates: z.array(Duplicate),
  added: AddedFile.nullable(),
  /** Who decided what about it, and when; the oldest first. */
  acts: z.array(ApplicationAct),
  /** Whether staff may change what they keep with it: until the cohort is closed. */
  canEdit: z.boolean(),
  locale: Locale,
  withdrawnAt: Instant.nullable(),
  eraseAt: Instant,
});
export type ApplicationFile = z.infer<typeof ApplicationFile>;
