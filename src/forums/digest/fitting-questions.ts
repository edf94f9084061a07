import { isAbout } from '../asking/helper-rule.js';

/** So many questions are named in a digest. */
export const MAX_FITTING = 3;

/** A question that waits. */
export interface Waiting {
  id: string;
  authorId: string;
  tags: readonly string[];
  createdAt: Date;
}

/** Who might know: what they give, and which questions are nothing to them. */
export interface Knower {
  userId: string;
  gives: readonly string[];
  /** Topics that they muted, or for which somebody asked them already. */
  without: ReadonlySet<string>;
}

/** A question, and what of it somebody gives. */
export type Fitting<Question> = Question & { gives: string };

/**
 * The questions that wait for what somebody gives, three at most: the rule that looks for helpers (`asking/helper-rule.ts`), the other way round. Not their own, and
 * nothing that they muted or were asked already. What asks for more of what they give first, of equals the latest, then by id.
 */
export function fittingQuestions<Question extends Waiting>(
  { userId, gives, without }: Knower,
  questions: readonly Question[],
): Fitting<Question>[] {
  return questions
    .filter(({ id, authorId }) => authorId !== userId && !without.has(id))
    .flatMap((question) => {
      const known = gives.filter((skill) => question.tags.some((tag) => isAbout(skill, tag)));
      return known[0] === undefined ? [] : [{ question, known }];
    })
    .sort(
      (a, b) =>
        b.known.length - a.known.length ||
        +b.question.createdAt - +a.question.createdAt ||
        (a.question.id < b.question.id ? -1 : 1),
    )
    .slice(0, MAX_FITTING)
    .map(({ question, known: [first = ''] }) => ({ ...question, gives: first }));
}
