import { z } from 'zod';
import { Attach, Attachment } from '../files.js';
import { MAX_ATTACHMENTS } from '../limits.js';
import { Id, Instant, Line, PageQuery, Person, Text, SOMETHING } from '../primitives.js';

/** Why somebody asks staff to look at a post. */
export const FlagKind = z.enum(['unkind', 'personal_data', 'off_topic', 'advertising', 'other']);
export type FlagKind = z.infer<typeof FlagKind>;

/**
 * POST C/posts/:id/flag: hands the post over, as it is now, to staff. Once for each person and text of it: again, nothing. `other` says its `reason` in words. When
 * three people ask it is hidden until staff have looked. 409 `own_words`, `too_many_reports`.
 */
export const FlagPost = z
  .strictObject({ kind: FlagKind.default('other'), reason: Line(500, 0).default('') })
  .refine(({ kind, reason }) => kind !== 'other' || reason !== '', {
    path: ['reason'],
    params: { code: 'required' },
    // Said together with what else is wrong.
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
  .meta({
    anyOf: [
      { required: ['kind'], properties: { kind: { enum: FlagKind.options.filter((kind) => kind !== 'other') } } },
      { required: ['reason'], properties: { reason: SOMETHING.line } },
    ],
  });
export type FlagPost = z.infer<typeof FlagPost>;

/** What staff decided of a flagged post: it is hidden, stays as it is, or they changed its words. */
export const FlagOutcome = z.enum(['hidden', 'kept', 'edited']);
export type FlagOutcome = z.infer<typeof FlagOutcome>;

/**
 * A post of somebody else that staff are asked to look at. `texts` are what it said when it was flagged, the newest last; they go once it is decided. `state` is what
 * became of it since: `hidden` for what was hidden by its flags or by staff. `flags` are the newest, at most 20; `people` counts who asked.
 */
export const FlagCase = z.object({
  id: Id,
  topicId: Id,
  topicTitle: z.string(),
  post: z.object({
    id: Id,
    number: z.number(),
    author: Person,
    state: z.enum(['same', 'edited', 'deleted', 'hidden']),
  }),
  texts: z.array(z.object({ title: z.string(), text: z.string() })),
  flags: z.array(z.object({ id: Id, by: Person, kind: FlagKind, reason: z.string(), createdAt: Instant })),
  people: z.number(),
  openedAt: Instant,
  hiddenAt: Instant.nullable(),
  deferredUntil: Instant.nullable(),
  settledAt: Instant.nullable(),
  settledBy: Person.nullable(),
  outcome: FlagOutcome.nullable(),
  toAuthor: z.string(),
  toReporters: z.string(),
});
export type FlagCase = z.infer<typeof FlagCase>;

/** GET C/flag-cases/:id (staff): with what the post says now, for who changes it: markdown in which `<@userId>` names one of `mentions`; null once its words are gone. `attachments` are its files, also while it is hidden. */
export const FlagCaseWithBody = FlagCase.extend({
  body: z.string().nullable(),
  mentions: z.array(Person),
  attachments: z.array(Attachment),
});
export type FlagCaseWithBody = z.infer<typeof FlagCaseWithBody>;

/** GET C/flag-cases (staff): open and deferred ones, who waits longest first; settled ones, the latest first. */
export const FlagCasesQuery = PageQuery.extend({ state: z.enum(['open', 'deferred', 'settled']).default('open') });
export type FlagCasesQuery = z.infer<typeof FlagCasesQuery>;

/** GET C/flag-cases/counts (staff). */
export const FlagCaseCounts = z.object({ open: z.number(), deferred: z.number(), settled: z.number() });
export type FlagCaseCounts = z.infer<typeof FlagCaseCounts>;

const Attachments = z.array(Attach).max(MAX_ATTACHMENTS);
const files = { attachments: Attachments.optional(), seenAttachments: Attachments.optional() };
const words = { toAuthor: Text(500).default(''), toReporters: Text(500).default('') };

/**
 * POST C/flag-cases/:id/decision (staff, of others' posts). The words go to who wrote the post and to those who flagged it, by notice and mail. `edit` puts `body` in the place of its
 * words, and `attachments` (where it is given) in that of its files, and shows it; what it said and showed before is for its author and staff alone, and only staff hang such a file on it again; who wrote it is told, and its history says by whom. `seen` is what it said when one
 * began, as when a wiki is edited: what others wrote since stays, or 409 `edited_meanwhile`. `defer`: it is asked for again tomorrow at nine, in the cohort's zone. 404 `not_found`, 409 `stale` when somebody decided before.
 */
export const DecideFlag = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('hide'), ...words }),
  z.strictObject({ act: z.literal('keep'), ...words }),
  z.strictObject({ act: z.literal('edit'), body: Text(30_000, 1), seen: Text(30_000).optional(), ...files, ...words }),
  z.strictObject({ act: z.literal('defer') }),
]);
export type DecideFlag = z.infer<typeof DecideFlag>;
