import type { Types } from 'mongoose';
import { foldedWords } from '../common/texts/fold.js';
import { withoutMarks, withoutQuoted } from '../common/texts/forum/quote-marks.js';
import type { TopicKind, TopicSummary } from '../contracts/forums.js';
import type { TopicStanding } from './moderation/closing.js';
import { pollText } from './polls/poll-rule.js';
import type { PollRow } from './polls/poll.schema.js';
import type { TopicRow } from './topic.schema.js';

const MAX_WORDS = 600;
const MAX_MENTIONS = 20;
/** A thread can quote and name more people than a question may call. */
export const MAX_QUOTED = 200;
const MENTION = /<@([0-9a-f]{24})>/gi;

/** What a topic as a row is. */
export const kindOf = ({ kind }: { kind?: TopicKind | null }): TopicKind => kind ?? 'question';

/** What of a topic says who leads it, and whether it is closed. */
export const leadOf = (topic: {
  authorId: Types.ObjectId;
  kind?: TopicKind | null;
  closed?: TopicRow['closed'];
}): TopicStanding => ({
  authorId: String(topic.authorId),
  kind: kindOf(topic),
  closed: topic.closed
    ? { how: topic.closed.how, byId: String(topic.closed.byId), why: topic.closed.why ?? null }
    : null,
});

/** Where a topic stands: an accepted answer beats all, then whether anybody but its author wrote. A discussion waits for no answer, nor does what is closed. */
export function stateOf(topic: {
  solved: boolean;
  others: number;
  kind?: TopicKind | null;
  closed?: unknown;
}): TopicSummary['state'] {
  if (topic.solved) return 'solved';
  return topic.others > 0 || topic.closed || kindOf(topic) === 'discussion' ? 'open' : 'unanswered';
}

/** The words under which a topic is found: its title's and tags' first, then those of the question and of its poll. */
export function topicWords(title: string, tags: readonly string[], body: string, poll?: PollRow): string[] {
  return foldedWords(
    [title, ...tags, withoutMarks(withoutQuoted(body)).replace(MENTION, ' '), pollText(poll)],
    MAX_WORDS,
  );
}

/** The ids named as `<@userId>` in a text, without doubles, at most 20 unless it quotes more. */
export function mentionedIds(body: string, most = MAX_MENTIONS): string[] {
  const ids = [...body.matchAll(MENTION)].flatMap(([, id]) => (id ? [id.toLowerCase()] : []));
  return [...new Set(ids)].slice(0, most);
}

/** The text with names in the place of `<@userId>`, for those who read it elsewhere. */
export function withNames(body: string, names: ReadonlyMap<string, string>): string {
  return withoutMarks(body).replace(MENTION, (_mention, id: string) => `@${names.get(id.toLowerCase()) ?? '…'}`);
}

/** Ids as texts. */
export const hexes = (ids: readonly Types.ObjectId[]): string[] => ids.map(String);
