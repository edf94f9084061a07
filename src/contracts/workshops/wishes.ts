import { z } from 'zod';
import { Id, Instant, Line, PageQuery, Person, PlannedInstant, Text, page } from '../primitives.js';

/** What somebody says to a subject: I want it, I can give it. One may say both (I know a part of it). */
export const WishSide = z.enum(['want', 'give']);
export type WishSide = z.infer<typeof WishSide>;

/** `planned`: a workshop came of it and is published; `closed`: nothing will come of it, with a reason. */
export const WishState = z.enum(['open', 'planned', 'closed']);
export type WishState = z.infer<typeof WishState>;

const Subject = Line(120);
const Words = Text(400);

/**
 * A subject on the demand board, as the asking member sees it. `wants` and `gives` count people; `people` are the first five of each side.
 * `preparing`: a draft of it is being written (only those who look after that draft see which). `workshop` is the one that came of it.
 */
export const Wish = z.object({
  id: Id,
  cohortId: Id,
  subject: z.string(),
  text: z.string(),
  author: Person,
  state: WishState,
  reason: z.string().nullable(),
  wants: z.number(),
  gives: z.number(),
  people: z.object({ want: z.array(Person), give: z.array(Person) }),
  mine: z.array(WishSide),
  preparing: z.boolean(),
  workshop: z.object({ id: Id, title: z.string(), startsAt: Instant, published: z.boolean() }).nullable(),
  createdAt: Instant,
  revision: z.number(),
  abilities: z.object({
    want: z.boolean(),
    give: z.boolean(),
    edit: z.boolean(),
    drop: z.boolean(),
    close: z.boolean(),
    reopen: z.boolean(),
    merge: z.boolean(),
    plan: z.boolean(),
  }),
});
export type Wish = z.infer<typeof Wish>;

/** A page of wishes, and whether this member may write one here. */
export const WishList = page(Wish).extend({ abilities: z.object({ write: z.boolean() }) });
export type WishList = z.infer<typeof WishList>;

/** POST C/wishes (all but alumni): a subject, with the side of who writes it. 409 `too_many_wishes` where 20 of theirs wait for somebody to join. */
export const WriteWish = z.strictObject({ subject: Subject, text: Words.default(''), side: WishSide });
export type WriteWish = z.infer<typeof WriteWish>;

/** PATCH C/wishes/:wishId: by who wrote it while nobody else joined, by staff always. `revision` must be the one last seen (409 `stale`). */
export const EditWish = z.strictObject({
  subject: Subject.optional(),
  text: Words.optional(),
  revision: z.number().int().optional(),
});
export type EditWish = z.infer<typeof EditWish>;

/** POST .../close (staff): the reason is read by all. */
export const CloseWish = z.strictObject({ reason: Line(300) });
export type CloseWish = z.infer<typeof CloseWish>;

/** POST .../merge (staff): the people of this wish go over to another one, each once, and it is gone. */
export const MergeWish = z.strictObject({ intoId: Id });
export type MergeWish = z.infer<typeof MergeWish>;

/** How long a workshop on it lasts. */
const Minutes = z.coerce.number().int().min(30).max(240).multipleOf(15);

/** GET .../dates */
export const WishDatesQuery = z.strictObject({ minutes: Minutes.default(60) });
export type WishDatesQuery = z.infer<typeof WishDatesQuery>;

/**
 * A date at which `free` of all the people of a wish are free, `giving` of those who give; best first. Both are null, and only the reader's own time counts, where
 * fewer than three others joined, so that nobody's time is told (staff are told).
 */
export const WishDate = z.object({
  startsAt: Instant,
  endsAt: Instant,
  free: z.number().nullable(),
  giving: z.number().nullable(),
});
export type WishDate = z.infer<typeof WishDate>;

/**
 * The dates of the next four weeks that suit most of `people` (100 at most), of whom `givers` give; wall time is that of `timeZone`. For who is no staff who is
 * counted changes by three others at least, so that nobody's time is told by the difference of two answers.
 */
export const WishDates = z.object({
  items: z.array(WishDate),
  people: z.number(),
  givers: z.number(),
  timeZone: z.string(),
});
export type WishDates = z.infer<typeof WishDates>;

/** POST .../plan: makes a draft at this date. 409 `already_planned` when somebody was faster. */
export const PlanWish = z.strictObject({
  startsAt: PlannedInstant,
  minutes: z.number().int().min(30).max(240).multipleOf(15).default(60),
});
export type PlanWish = z.infer<typeof PlanWish>;

/** The draft that was made. */
export const WishPlan = z.object({ wishId: Id, workshopId: Id });
export type WishPlan = z.infer<typeof WishPlan>;

/**
 * GET C/wishes: `demand` (most wanted first), `newest`, or `mine` (what I wrote, want or give, in every state, the newest first).
 * `workshop`: the one from which this workshop came.
 */
export const WishesQuery = PageQuery.extend({
  sort: z.enum(['demand', 'newest', 'mine']).default('demand'),
  state: WishState.default('open'),
  workshop: Id.optional(),
});
export type WishesQuery = z.infer<typeof WishesQuery>;

/** GET C/wishes/similar: open and planned ones that are about the same, the closest first; five at most. */
export const SimilarWishesQuery = z.strictObject({ q: z.string().max(200) });
export type SimilarWishesQuery = z.infer<typeof SimilarWishesQuery>;

/** What is similar. */
export const SimilarWishes = z.object({ items: z.array(Wish), nextCursor: z.null() });
export type SimilarWishes = z.infer<typeof SimilarWishes>;

/** Socket event `wish.changed`, to the cohort: look again. */
export const WishChanged = z.object({ cohortId: Id, wishId: Id });
export type WishChanged = z.infer<typeof WishChanged>;
