import { z } from 'zod';
import { MAX_POLL_OPTIONS } from '../limits.js';
import { Instant, Line, Person } from '../primitives.js';

/** The question of a poll, and one of the things that one may choose. */
const Question = (min: number) => Line(200, min);
const Option = (min: number) => Line(120, min);

/**
 * A poll that goes with a new topic, or with a reply, and is not changed later. `multiple`: one may choose several. `anonymous`: nobody sees who chose what, and the
 * result is shown once it is closed and five people voted. It closes at `closesAt`, at most a year ahead, or when its author or staff close it. 422 `same_option` for two options that say
 * the same, `/poll/closesAt` `in_past`, `too_far`.
 */
export const BeginPoll = z.strictObject({
  question: Question(1),
  options: z
    .array(Option(1))
    .min(2)
    .max(MAX_POLL_OPTIONS)
    .refine((options) => new Set(options.map((one) => one.toLowerCase())).size === options.length, {
      params: { code: 'same_option' },
    }),
  multiple: z.boolean().default(false),
  anonymous: z.boolean().default(false),
  closesAt: Instant.optional(),
});
export type BeginPoll = z.infer<typeof BeginPoll>;

/** A poll as somebody begins to write it, in a draft. */
export const DraftPoll = z.strictObject({
  question: Question(0),
  options: z.array(Option(0)).max(MAX_POLL_OPTIONS),
  multiple: z.boolean(),
  anonymous: z.boolean(),
  closesAt: Instant.nullable(),
});
export type DraftPoll = z.infer<typeof DraftPoll>;

/**
 * A poll of a post, whose id it has. `voters` is how many people voted, `votes` of an option how many chose it: null while the `result` is not shown, which is `secret` in an anonymous
 * one that is open, and `too_few` in one that closed with fewer than five voters. `mine` are the places in `options` of what I chose. `closesAt` is when it closes or closed,
 * `closedBy` who closed it before.
 */
export const Poll = z.object({
  question: z.string(),
  options: z.array(z.object({ text: z.string(), votes: z.number().nullable() })),
  multiple: z.boolean(),
  anonymous: z.boolean(),
  closesAt: Instant.nullable(),
  closedBy: Person.nullable(),
  isOpen: z.boolean(),
  voters: z.number(),
  result: z.enum(['shown', 'secret', 'too_few']),
  mine: z.array(z.number()),
  abilities: z.object({ vote: z.boolean(), close: z.boolean() }),
});
export type Poll = z.infer<typeof Poll>;

/**
 * PUT C/polls/:postId/vote: what I choose, by its places in `options`; none of them takes my vote back. 409 `poll_closed`, `topic_locked`; 422 `/options` `unknown`, and `only_one` where one
 * may not choose several.
 */
export const VoteInPoll = z.strictObject({
  options: z
    .array(
      z
        .number()
        .int()
        .min(0)
        .max(MAX_POLL_OPTIONS - 1),
    )
    .max(MAX_POLL_OPTIONS),
});
export type VoteInPoll = z.infer<typeof VoteInPoll>;

/** Who voted in a poll that is not anonymous, and for what, the first first. GET C/polls/:postId/voters; 404 for an anonymous one. */
export const PollVoter = z.object({ person: Person, options: z.array(z.number()) });
export type PollVoter = z.infer<typeof PollVoter>;
