import { Types } from 'mongoose';
import { built } from './house.mjs';

const HOUR = 3_600_000;
const BATCH = 5000;
const TEXT =
  'We asked the registry for a list of **offices** and got a table with three columns. Two of them are empty in one row of ten, ' +
  'so we call each office once a month.\n\n- the north: done\n- the south: waits\n\nHow do you keep such a list true?';

/**
 * Topics with a question and an answer each, an hour apart, as the product would write them; `me` has read each other one to its end.
 * The lists, the pointers and the search see them as any other.
 */
export async function fillForum(db, { cohortId, people, me, topics, posts = 2, newest = Date.now() }) {
  const words = {
    ...(await built('common/texts/fold.js')),
    ...(await built('common/texts/forum/forum-tokens.js')),
  };
  const ids = [];
  for (let from = 0; from < topics; from += BATCH) {
    const count = Math.min(BATCH, topics - from);
    const made = Array.from({ length: count }, (_, index) =>
      aTopic(from + index, { cohortId, people, posts, newest, words }),
    );
    await db.collection('topics').insertMany(made.map(({ topic }) => topic));
    const rows = made.flatMap((one) => one.posts);
    for (let at = 0; at < rows.length; at += BATCH) await db.collection('posts').insertMany(rows.slice(at, at + BATCH));
    const read = made.filter((_, index) => index % 2 === 0);
    await db.collection('topic-subscriptions').insertMany(
      read.map(({ topic }) => ({
        ...{ topicId: topic._id, userId: new Types.ObjectId(me), readNumber: posts },
        readAt: new Date(newest),
      })),
    );
    ids.push(...made.map(({ topic }) => String(topic._id)));
  }
  return ids;
}

function aTopic(place, { cohortId, people, posts, newest, words }) {
  const [_id, questionId, cohort] = [new Types.ObjectId(), new Types.ObjectId(), new Types.ObjectId(cohortId)];
  const by = (number) => new Types.ObjectId(people[(place + number) % people.length]);
  const at = new Date(newest - place * HOUR);
  const [title, tags] = [`How do you keep list ${place} of offices true?`, ['data', `office-${place % 40}`]];
  const folded = words.foldedWords([title, ...tags, TEXT]);
  const topic = {
    ...{ _id, cohortId: cohort, authorId: by(1), questionId, kind: 'question', title, tags },
    ...{ excerpt: TEXT.slice(0, 160), words: folded, tokens: words.topicTokens(folded) },
    ...{ titleTokens: words.titleTokens(title, tags), lastNumber: posts, posts, others: posts - 1, votes: place % 7 },
    ...{ solved: place % 3 === 0, answerId: null, lastPostAt: at, lastAuthorId: by(posts) },
    ...{ createdAt: new Date(at.getTime() - HOUR), deletedAt: null },
  };
  const rows = Array.from({ length: posts }, (_, index) => ({
    ...{ _id: index === 0 ? questionId : new Types.ObjectId(), cohortId: cohort, topicId: _id, number: index + 1 },
    ...{ authorId: by(index + 1), body: `${TEXT} (${index})`, mentions: [], votes: 0, acceptedAt: null },
    ...{ tokens: words.postTokens({ body: TEXT }), createdAt: at, editedAt: null, deletedAt: null },
  }));
  return { topic, posts: rows };
}
