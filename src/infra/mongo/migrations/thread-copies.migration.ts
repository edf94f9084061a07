import type { mongo } from 'mongoose';
import { withGroupWords } from '../../../common/texts/groups.js';
import type { Locale } from '../../../contracts/primitives.js';
import { type ThreadMessage, parted } from '../thread-copies.js';

interface TopicRow {
  _id: mongo.ObjectId;
  cohortId: mongo.ObjectId;
  questionId: mongo.ObjectId;
  createdAt: Date;
  /** There in each topic that `topic-threads` names. */
  thread: { channelId: mongo.ObjectId; messageId: mongo.ObjectId };
}

interface MessageRow {
  _id: mongo.ObjectId;
  senderId: mongo.ObjectId;
  body: string;
  attachments?: { name: string }[];
  bot?: { name: string };
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
}

const LOCALES: readonly Locale[] = ['en', 'fr'];

/**
 * Topics that were made from threads of chat while messages were copied into the text of the question: they quote them apart from it, by reference, as those of today do.
 * What is gone in chat is shown to nobody from then on, and the worker takes the words out of the row, the excerpt and the search. A question that is edited
 * meanwhile keeps what its author wrote. Killed in between, the next start passes over those that are done.
 */
export async function quoteThreads(db: mongo.Db): Promise<void> {
  const [topics, posts] = [db.collection<TopicRow>('topics'), db.collection('posts')];
  for await (const { topicId } of db.collection<{ topicId: mongo.ObjectId }>('topic-threads').find().sort({ _id: 1 })) {
    const topic = await topics.findOne({ _id: topicId });
    if (!topic) continue;
    const before = { _id: topic.questionId, quotes: { $exists: false }, staying: { $exists: false }, deletedAt: null };
    const question = await posts.findOne<{ body: string | null; editedAt: Date | null }>(before);
    if (!question?.body) continue;
    const times = { openedAt: topic.createdAt, editedAt: question.editedAt };
    const now = parted(question.body, await threadOf(db, topic), times);
    if (!now) continue;
    const { body, quotes, staying } = now;
    const change = { body, quotes, quoting: true, ...(staying > 0 && { staying }) };
    await posts.updateOne({ ...before, body: question.body }, { $set: change });
  }
}

/** The first message and its replies in their order, deleted ones too. */
async function threadOf(
  db: mongo.Db,
  { cohortId, thread: { channelId, messageId } }: TopicRow,
): Promise<ThreadMessage<mongo.ObjectId>[]> {
  const messages = db.collection<MessageRow>('messages');
  const replies = messages.find({ channelId, threadId: messageId }).sort({ seq: 1 }).toArray();
  const rows = [...(await messages.find({ _id: messageId, channelId }).toArray()), ...(await replies)];
  const cohort = await db.collection<{ locale?: Locale }>('cohorts').findOne({ _id: cohortId });
  const edits = await db
    .collection<{ messageId: mongo.ObjectId; body: string }>('message-edits')
    .find({ messageId: { $in: rows.map(({ _id }) => _id) } })
    .toArray();
  return rows.map((row) => {
    const bodies = [row.body, ...edits.filter((edit) => edit.messageId.equals(row._id)).map(({ body }) => body)];
    return {
      ...{ id: row._id, authorId: row.senderId, bot: row.bot?.name ?? null },
      ...{ createdAt: row.createdAt, editedAt: row.editedAt, deletedAt: row.deletedAt },
      said: row.deletedAt ? [] : bodies.flatMap((body) => formsOf(body, row, cohort?.locale ?? 'en')),
    };
  });
}

/** As it is carried today; then as it was in another language of the cohort, before files were named, and before groups were. */
function formsOf(body: string, { attachments = [] }: MessageRow, locale: Locale): string[] {
  const names = attachments.map(({ name }) => name);
  const worded = [locale, ...LOCALES].map((one) => withGroupWords(body, one));
  return [...worded.map((text) => [text, ...names].join('\n')), ...worded, body].map((text) => text.trim());
}
