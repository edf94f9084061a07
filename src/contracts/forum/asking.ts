import { z } from 'zod';
import { Id, Instant, Person } from '../primitives.js';

/**
 * A member who may know the answer of a question, and why: the words of what they give that it is about (null: none), and how many questions with one of its tags they
 * answered. `askedAt`: when they were asked for this question.
 */
export const PossibleHelper = z.object({
  person: Person,
  gives: z.string().nullable(),
  answers: z.number(),
  askedAt: Instant.nullable(),
});
export type PossibleHelper = z.infer<typeof PossibleHelper>;

/**
 * GET C/topics/:id/helpers (the author and staff): at most three members for a question that waits, the likeliest first; who was asked three times within seven days is
 * `spared` (at most three, the likeliest first), and stands there so that one reads why; nobody for what is solved, closed or a discussion. POST asks those of `userIds` that are among them, each once a question, and answers the same list. 403, 409 `not_waiting`
 * where it waits no more, 429.
 */
export const PossibleHelpers = z.object({ items: z.array(PossibleHelper), spared: z.array(Person) });
export type PossibleHelpers = z.infer<typeof PossibleHelpers>;

export const AskHelpers = z.strictObject({ userIds: z.array(Id).min(1).max(3) });
export type AskHelpers = z.infer<typeof AskHelpers>;
