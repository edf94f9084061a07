import { HOUR } from '../../../common/times/clock.js';
import { OpinionsService } from '../../../forums/opinions.service.js';
import { PostsService } from '../../../forums/posts.service.js';
import { TopicOpening } from '../../../forums/topic-opening.service.js';
import { type DemoCohort, type DemoPerson, type Stage, inRole, memberOf } from '../stage.js';
import { WEEKS_IN, at } from '../times.js';
import { type TopicText, answered, open, replies } from './topics.content.js';

const POSTS = 400;
/** The last ones asked still wait for a first reply. */
const WAITING = 6;

interface Act {
  at: number;
  play: () => Promise<void>;
}

/** Topics and posts, in the order in which they were written: with those that wait, eighty and four hundred. */
export async function seedForum(stage: Stage, cohort: DemoCohort): Promise<void> {
  await play(stage, plan(stage, cohort));
}

/** The questions of the last days, which wait for a first reply. */
export async function seedWaitingTopics(stage: Stage, cohort: DemoCohort): Promise<void> {
  const acts = open.slice(-WAITING).flatMap((text, index) => {
    const askedAt = stage.now.getTime() - (5 + index * 21) * HOUR;
    return conversation(stage, cohort, text, askedAt, 0);
  });
  await play(stage, acts);
}

async function play(stage: Stage, plan: readonly Act[]): Promise<void> {
  const acts = plan.toSorted((a, b) => a.at - b.at);
  for (const [index, act] of acts.entries()) {
    stage.clock.set(new Date(act.at));
    await act.play();
    stage.progress.step('forum', index + 1, acts.length);
  }
}

function plan(stage: Stage, cohort: DemoCohort): Act[] {
  const texts = stage.random.shuffled<TopicText>([...answered, ...open.slice(0, -WAITING)]);
  const spare = replyCounts(stage, texts);
  return texts.flatMap((text, index) => {
    const week = -WEEKS_IN + 1 + Math.floor((index * (WEEKS_IN - 1)) / texts.length);
    const askedAt = at(stage, week, stage.random.between(0, 4), stage.random.between(7, 16)).getTime();
    return conversation(stage, cohort, text, askedAt, spare[index] ?? 0);
  });
}

/** How many general replies each topic gets, so that all posts together are 400. */
function replyCounts(stage: Stage, texts: readonly TopicText[]): number[] {
  const own = texts.map((text) => text.length - 3);
  let left = POSTS - WAITING - texts.length - own.reduce((sum, count) => sum + count, 0);
  // Nobody but the last ones waits: each question gets at least one reply.
  const counts: number[] = own.map((count) => (count === 0 ? 1 : 0));
  left -= counts.reduce((sum, count) => sum + count, 0);
  while (left > 0) {
    const index = stage.random.between(0, texts.length - 1);
    if ((counts[index] ?? 0) >= 9) continue;
    counts[index] = (counts[index] ?? 0) + 1;
    left -= 1;
  }
  return counts;
}

function conversation(
  stage: Stage,
  cohort: DemoCohort,
  [title, body, tags, ...own]: TopicText,
  askedAt: number,
  general: number,
): Act[] {
  const { app, random } = stage;
  const author = random.pick(inRole(cohort, 'fellow'));
  const said = [...own, ...random.some(replies, general)];
  const solvedBy = own.length > 0 && random.chance(0.6) ? 0 : -1;
  let topicId = '';
  const ask: Act = {
    at: askedAt,
    play: async () => {
      const topic = await app
        .get(TopicOpening)
        .open(memberOf(cohort, author), { kind: 'question', title, body, tags: tags.map((tag) => tag.toLowerCase()) });
      topicId = topic.id;
      await vote(stage, cohort, { postId: topic.question.id, authorId: author.id, most: 6 });
    },
  };
  let writtenAt = askedAt;
  const answers = said.map((reply, index): Act => {
    writtenAt = Math.min(
      writtenAt + random.between(1, 30) * HOUR,
      stage.now.getTime() - random.between(1, 50) * 60_000,
    );
    return {
      at: Math.max(writtenAt, askedAt + 60_000),
      play: () => answer(stage, cohort, { topicId, author, reply, accept: index === solvedBy }),
    };
  });
  return [ask, ...answers];
}

async function answer(
  stage: Stage,
  cohort: DemoCohort,
  { topicId, author, reply, accept }: { topicId: string; author: DemoPerson; reply: string; accept: boolean },
): Promise<void> {
  const { app, random } = stage;
  const speaker = random.pick(cohort.people.filter((person) => person.id !== author.id && person.role !== 'staff'));
  const post = await app.get(PostsService).reply(memberOf(cohort, speaker), topicId, { body: reply });
  await vote(stage, cohort, { postId: post.id, authorId: speaker.id, most: accept ? 5 : 2 });
  if (accept) await app.get(OpinionsService).accept(memberOf(cohort, author), topicId, post.id);
}

async function vote(
  stage: Stage,
  cohort: DemoCohort,
  { postId, authorId, most }: { postId: string; authorId: string; most: number },
): Promise<void> {
  for (const voter of stage.random.some(inRole(cohort, 'fellow'), stage.random.between(0, most))) {
    if (voter.id !== authorId) await stage.app.get(OpinionsService).vote(memberOf(cohort, voter), postId);
  }
}
