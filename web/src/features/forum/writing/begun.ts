import { draftKeys } from '../../../../../src/contracts/draft-keys';
import { keepDraft, readDraft } from '../../../api/drafts';
import { doneAt, offer, takeDone, type UploadPlace } from '../../../ui/files/uploads';
import { NO_WORDS, type Words, fromText, pollWords, toText, together } from './draft-state';

/** Where the files for a reply are gathered. */
export const replyPlace = (topicId: string, cohortId: string): UploadPlace => ({ name: `topic:${topicId}`, cohortId });

/** Where the files for a change of a post are gathered. */
export const editPlace = (postId: string, cohortId: string): UploadPlace => ({ name: `edit:${postId}`, cohortId });

/** What one typed of a draft that is kept in this browser: its title, its text and its poll. */
export const textOf = (kept: string): string => textOfWords(fromText(kept, NO_WORDS).words);

/** The same of what stands in a form. */
export const textOfWords = ({ title, body, poll }: Words): string =>
  [title, body, pollWords(poll)]
    .map((words) => words.trim())
    .filter(Boolean)
    .join('\n\n');

/** What somebody began to reply in a topic. */
export const begunReply = (userId: string, topicId: string): string =>
  textOf(readDraft(userId, draftKeys.reply(topicId)));

/**
 * The reply that somebody began goes on in the topic into which its own was merged, with its files; below what they began there, where they did. Where the server has
 * something begun there that this browser does not know, both are shown once that is known.
 */
export function carryReply(userId: string, cohortId: string, fromId: string, toId: string): void {
  const [from, to] = [draftKeys.reply(fromId), draftKeys.reply(toId)];
  const { words } = fromText(readDraft(userId, from), NO_WORDS);
  const there = fromText(readDraft(userId, to), NO_WORDS);
  const place = replyPlace(toId, cohortId);
  offer(place, [...doneAt(place), ...takeDone(replyPlace(fromId, cohortId).name)]);
  keepDraft(userId, from, '', cohortId);
  if (words.body.trim() === '' && !words.poll) return;
  keepDraft(userId, to, toText({ ...there, words: together(there.words, words), isDirty: true }), cohortId);
}
