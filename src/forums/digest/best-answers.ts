/** So many answers are named in a digest. */
export const MAX_BEST = 3;
/** A reply that nobody accepted is among the best answers once so many people thanked for it. */
export const THANKED_ENOUGH = 2;
/** To be accepted weighs as much as the thanks of so many. */
const ACCEPTED = 3;

/** A reply to a question as far as it decides whether it is worth reading. */
export interface Answer {
  id: string;
  topicId: string;
  authorId: string;
  askedBy: string;
  /** When it was accepted; null for one that is not the answer. */
  acceptedAt: Date | null;
  createdAt: Date;
  /** How many people voted for it or put an emoji on it, whichever are more. */
  thanks: number;
}

/** Who reads a digest: what was before `since` was in the one before. */
export interface AnswersReader {
  userId: string;
  since: Date;
  /** Topics that they muted. */
  muted: ReadonlySet<string>;
}

/**
 * The answers most worth reading to somebody, three at most, one of a topic: those that were accepted since the last digest, and those written since then that
 * people thanked for. Not their own, none to what they asked (they were told), and none of what they muted. The weightiest first, of equals the latest, then by id.
 */
export function bestAnswers(reader: AnswersReader, answers: readonly Answer[]): Answer[] {
  const ranked = answers
    .filter(
      ({ topicId, authorId, askedBy }) => ![authorId, askedBy].includes(reader.userId) && !reader.muted.has(topicId),
    )
    .filter((one) => isNew(one, reader.since))
    .sort((a, b) => weightOf(b) - weightOf(a) || +newsOf(b) - +newsOf(a) || (a.id < b.id ? -1 : 1));
  const ofTopics = new Map(ranked.toReversed().map((one) => [one.topicId, one]));
  return ranked.filter((one) => ofTopics.get(one.topicId) === one).slice(0, MAX_BEST);
}

const weightOf = ({ acceptedAt, thanks }: Answer) => (acceptedAt ? ACCEPTED : 0) + thanks;
const newsOf = ({ acceptedAt, createdAt }: Answer) => acceptedAt ?? createdAt;

function isNew({ acceptedAt, createdAt, thanks }: Answer, since: Date): boolean {
  return acceptedAt ? acceptedAt >= since : createdAt >= since && thanks >= THANKED_ENOUGH;
}
