import type { mongo } from 'mongoose';
import { foldedWords } from '../../../common/texts/fold.js';
import { postTokens, topicTokens } from '../../../common/texts/forum/forum-tokens.js';
import { ANY_MARK, withoutMarks, withoutQuoted } from '../../../common/texts/forum/quote-marks.js';
import { MENTION } from '../../../common/texts/search-words.js';

interface OldPost {
  _id: mongo.ObjectId;
  topicId: mongo.ObjectId;
  number: number;
  body: string;
  heading?: string;
  attachments?: { kind: string }[];
  poll?: { question: string; options: { text: string }[] };
  quotes?: unknown[];
}

interface OldTopic {
  _id: mongo.ObjectId;
  title: string;
  tags: string[];
  words: string[];
}

const MAX_WORDS = 600;

/**
 * Posts from before that quote others are found by their own words alone: what they quote may be deleted or hidden. A post that is edited meanwhile keeps what its edit
 * wrote.
 */
export async function findByOwnWords(db: mongo.Db): Promise<void> {
  const [topics, posts] = [db.collection<OldTopic>('topics'), db.collection<OldPost>('posts')];
  const fields = { topicId: 1, number: 1, body: 1, heading: 1, attachments: 1, poll: 1, quotes: 1 } as const;
  for await (const post of posts.find({ body: { $regex: ANY_MARK } }, { projection: fields })) {
    await posts.updateOne({ _id: post._id, body: post.body }, { $set: { tokens: postTokens(post) } });
    // A topic that copies a thread is found by the words of that, too: it stays as it is.
    const topic = post.number === 1 && !post.quotes?.length && (await topics.findOne({ _id: post.topicId }));
    if (!topic) continue;
    const { _id, title, tags, words: before } = topic;
    const words = wordsOf(topic, post);
    await topics.updateOne({ _id, title, tags, words: before }, { $set: { words, tokens: topicTokens(words) } });
  }
}

function wordsOf({ title, tags }: OldTopic, { body, poll }: OldPost): string[] {
  const own = withoutMarks(withoutQuoted(body)).replace(MENTION, ' ');
  const choices = poll ? [poll.question, ...poll.options.map(({ text }) => text)] : [];
  return foldedWords([title, ...tags, own, ...choices], MAX_WORDS);
}
