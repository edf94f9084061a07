import { z } from 'zod';
import { Id, Instant, Line, PageQuery, Person, PlainDate, Text } from '../primitives.js';
import { Craft } from '../roles.js';

const LINES = 2;

/** What somebody looks for help with, in two lines. */
const Need = Text(200, 1).refine((value) => value.split('\n').length <= LINES, {
  params: { code: 'too_many_lines' },
  error: 'must be two lines at most',
});

/**
 * Where a request stands. `open`: its owner is to answer. `asked_back`: its owner needs to know more, and who asked is to answer.
 * The others are answered and end it; a `declined` one can be taken to somebody else, and is `open` again.
 */
export const RequestState = z.enum(['open', 'asked_back', 'accepted', 'declined', 'withdrawn']);
export type RequestState = z.infer<typeof RequestState>;

/** What was done with a request. `handed_over`: its owner left, and it went to somebody else. */
export const RequestAct = z.enum([
  'asked',
  'asked_back',
  'told_more',
  'passed_on',
  'handed_over',
  'accepted',
  'declined',
  'withdrawn',
]);
export type RequestAct = z.infer<typeof RequestAct>;

/** The limits of a wait in hours: the owner is reminded, staff is told, others are offered to who asked. */
export const REQUEST_HOURS = { nudge: 48, staff: 96, others: 168 } as const;

/**
 * A request for help. It has one owner: the person asked; of a craft (that staff gave people), as long as nobody has taken it, the cohort's staff together
 * (`owner` null). `askedAt` is since when who asked waits, `waitingSince` since when whoever is to act now has it. `expectedBy` is when
 * something happens at the latest (null: it is answered, or all limits are past). `trail` tells all that was done, oldest first.
 */
export const HelpRequest = z.object({
  id: Id,
  cohortId: Id,
  asker: Person,
  owner: Person.nullable(),
  /** The owner is a coach of this cohort: their hours can be booked. */
  ownerIsCoach: z.boolean(),
  craft: Craft.nullable(),
  need: z.string(),
  text: z.string(),
  wishedOn: PlainDate.nullable(),
  state: RequestState,
  createdAt: Instant,
  askedAt: Instant,
  waitingSince: Instant,
  expectedBy: Instant.nullable(),
  trail: z.array(
    z.object({ at: Instant, by: Person, act: RequestAct, text: z.string().nullable(), to: Person.nullable() }),
  ),
  revision: z.number(),
  abilities: z.object({
    accept: z.boolean(),
    decline: z.boolean(),
    askBack: z.boolean(),
    passOn: z.boolean(),
    tellMore: z.boolean(),
    withdraw: z.boolean(),
    seeOthers: z.boolean(),
  }),
});
export type HelpRequest = z.infer<typeof HelpRequest>;

/** A request as a list shows it: what was done is told where it stands alone. */
export const RequestSummary = HelpRequest.omit({ trail: true });
export type RequestSummary = z.infer<typeof RequestSummary>;

/** POST C/requests (fellow): asks a person (`ownerId`) or a craft, one of the two. */
export const AskForHelp = z
  .strictObject({
    ownerId: Id.optional(),
    craft: Craft.optional(),
    need: Need,
    text: Text(4000).default(''),
    wishedOn: PlainDate.nullable().optional(),
  })
  .refine(({ ownerId, craft }) => (ownerId === undefined) !== (craft === undefined), {
    path: ['ownerId'],
    params: { code: 'person_or_craft' },
    error: 'either a person or a craft is asked',
  })
  .meta({ oneOf: [{ required: ['ownerId'] }, { required: ['craft'] }] });
export type AskForHelp = z.infer<typeof AskForHelp>;

/** The revision one has before one's eyes: an act on an older one is refused (409 `stale`, with `now`). */
const Seen = { revision: z.number().int().min(1) };

/** POST .../accept and .../withdraw */
export const ActOnRequest = z.strictObject(Seen);
export type ActOnRequest = z.infer<typeof ActOnRequest>;

/** POST .../decline: the reason is read by who asked. */
export const DeclineRequest = z.strictObject({ ...Seen, reason: Line(500) });
export type DeclineRequest = z.infer<typeof DeclineRequest>;

/** POST .../ask-back (a question) and .../tell-more (its answer). */
export const WriteOnRequest = z.strictObject({ ...Seen, text: Text(2000, 1) });
export type WriteOnRequest = z.infer<typeof WriteOnRequest>;

/** POST .../pass-on: to a person who can be asked; by its owner, by staff, or by who asked once it was declined or waited for long. */
export const PassRequestOn = z.strictObject({ ...Seen, toId: Id, text: Line(500, 0).optional() });
export type PassRequestOn = z.infer<typeof PassRequestOn>;

/** Whose requests: those I asked, those that wait for me or that I answered, or all of the cohort (staff). */
export const RequestBox = z.enum(['mine', 'for_me', 'all']);
export type RequestBox = z.infer<typeof RequestBox>;

/** GET C/requests: the waiting ones, oldest first; the answered ones, latest first. */
export const RequestsQuery = PageQuery.extend({
  box: RequestBox.default('mine'),
  state: z.enum(['waiting', 'answered']).default('waiting'),
});
export type RequestsQuery = z.infer<typeof RequestsQuery>;

/** Somebody who could help instead; `freeAt` is the start of their next free slot, where they are a coach with one. */
export const Helper = z.object({
  person: Person,
  craft: Craft.nullable(),
  gives: z.array(z.string()),
  isCoach: z.boolean(),
  freeAt: Instant.nullable(),
  /** Requests that wait for them and sessions they have ahead. */
  load: z.number(),
});
export type Helper = z.infer<typeof Helper>;

/** GET .../others: three at most, the best first. */
export const Helpers = z.object({ items: z.array(Helper), nextCursor: z.null() });
export type Helpers = z.infer<typeof Helpers>;

/**
 * GET C/members/:userId/successors (staff): who could take over the `requests` that wait for a member and the `sessions` they coach, the best
 * first. `isOfTheCraft`: a coach of the same craft; the first of those is proposed. `takesOver`: for how many of the sessions they are
 * free; the others are cancelled. `actions`: what the member has open for fellows.
 */
export const Successors = z.object({
  requests: z.number(),
  sessions: z.number(),
  actions: z.number(),
  items: z.array(Helper.extend({ isOfTheCraft: z.boolean(), takesOver: z.number() })),
  nextCursor: z.null(),
});
export type Successors = z.infer<typeof Successors>;

/** Socket event `request.changed`, to who asked and who owns it: look again. */
export const RequestChanged = z.object({ cohortId: Id, requestId: Id, revision: z.number() });
export type RequestChanged = z.infer<typeof RequestChanged>;
