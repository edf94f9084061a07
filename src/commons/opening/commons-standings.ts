import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { namingOnly } from '../../common/texts/forum/own-words.js';
import type { CommonsStanding, OwnWords } from '../../contracts/commons/commons.js';
import { type CarriedPost, CommonsCarrying } from '../../forums/commons/commons-carrying.js';
import { faceOf } from '../../forums/forums.presenter.js';
import { mayTouch } from '../../forums/moderation/closing.js';
import { leadOf, withNames } from '../../forums/topic.js';
import type { TopicFacts } from '../../forums/topics.repository.js';
import { TopicsService } from '../../forums/topics.service.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { namedIn } from '../commons-texts.js';
import type { CommonsPostRow, CommonsTopicRow } from '../commons.schema.js';
import { CommonsPostsRepository } from '../posts/commons-posts.repository.js';
import { CommonsTopicsRepository } from '../topics/commons-topics.repository.js';
import { CommonsAsksRepository } from './commons-asks.repository.js';

/** What a topic of a cohort would be, or is, in the commons: shown before anything is done. */
@Injectable()
export class CommonsStandings {
  constructor(
    private readonly forum: TopicsService,
    private readonly carrying: CommonsCarrying,
    private readonly topics: CommonsTopicsRepository,
    private readonly posts: CommonsPostsRepository,
    private readonly asks: CommonsAsksRepository,
    private readonly people: People,
  ) {}

  /** Throws 404. */
  async of(actor: CohortActor, topicId: string): Promise<CommonsStanding> {
    const topic = await this.forum.find(actor, topicId);
    const me = idOf(actor.userId);
    const [written, writers, open, ask] = await Promise.all([
      this.carrying.of(topic._id, me),
      this.carrying.writersOf(topic._id),
      this.topics.from(topic._id),
      this.asks.of(topic._id, me),
    ]);
    const copies = await this.posts.copiesOf(written.map(({ id }) => id));
    const there = open && !open.removed ? open : null;
    const mine = written.map((post) => withCopy(post, copies, there));
    const isWished = (await this.asks.of(topic._id, topic.authorId)) !== null;
    const part = partOf(actor, topic, writers.has(actor.userId));
    const leads = part === 'author' || actor.role === 'staff';
    const others = leads ? [...writers].filter(([userId]) => userId !== actor.userId) : [];
    const named = mine.flatMap(({ post }) => namedIn(post.body));
    const shown = await this.shownIn(there, [...new Set([...named, ...others.map(([userId]) => userId)])]);
    const waits = ask && ask.answer === null ? ask : null;
    const faces = await this.people.byId([
      ...others.map(([userId]) => userId),
      ...named.filter((id) => id === actor.userId || shown.has(id)),
      ...(waits ? [String(waits.byId)] : []),
    ]);
    const names = new Map([...faces].map(([id, { name }]) => [id, name]));
    const bodyOf = (body: string) =>
      withNames(
        namingOnly(body, (id) => id === actor.userId || shown.has(id)),
        names,
      );
    return {
      ...{ part, title: topic.title, tags: topic.tags },
      ...{ commonsTopicId: there ? String(there._id) : null, removed: Boolean(open?.removed) },
      asked: waits && { by: faceOf(waits.byId, faces), at: waits.at.toISOString() },
      declined: ask?.answer === 'no',
      mine: mine.map(({ post, state }) => ({
        ...{ id: String(post.id), number: post.number, staying: post.staying, state },
        body: bodyOf(post.body),
      })),
      others: others.map(([userId, posts]) => ({ person: faceOf(userId, faces), posts, isThere: shown.has(userId) })),
      abilities: abilitiesOf(actor, topic, open, { part, words: mine.length, isWished }),
    };
  }

  /** Those of some people who have words in a topic of the commons. */
  private async shownIn(
    there: CommonsTopicRow | null,
    userIds: readonly string[],
  ): Promise<{ has: (userId: string) => boolean }> {
    const writers = there ? await this.posts.writersAmong([there._id], toIds(userIds)) : new Set<string>();
    return { has: (userId) => writers.has(`${String(there?._id)} ${userId}`) };
  }
}

/** What somebody is to a topic. */
export function partOf(actor: CohortActor, topic: TopicFacts, wrote: boolean): CommonsStanding['part'] {
  if (topic.authorId.equals(actor.userId)) return 'author';
  if (wrote) return 'writer';
  return actor.role === 'staff' ? 'staff' : 'reader';
}

/**
 * A post as it would go along, or is there. One that was moved in the cohort since may have its copy in another topic of the commons: it comes from there, as it is said
 * there.
 */
function withCopy(
  post: CarriedPost,
  copies: readonly (CommonsPostRow & { fromPostId: CommonsPostRow['_id'] })[],
  there: CommonsTopicRow | null,
): { post: CarriedPost; state: OwnWords['state'] } {
  const copy = copies.find(({ fromPostId }) => fromPostId.equals(post.id));
  const words = post.isMixed ? { ...post, body: '' } : post;
  if (copy?.removedAt) return { post: words, state: 'removed' };
  if (copy && there?._id.equals(copy.topicId)) return { post: words, state: copy.hiddenAt ? 'hidden' : 'there' };
  if (post.isMixed) return { post: words, state: 'mixed' };
  if (post.body === '') return { post: words, state: 'empty' };
  return { post: copy ? { ...post, body: copy.body ?? '' } : post, state: 'free' };
}

function abilitiesOf(
  actor: CohortActor,
  topic: TopicFacts,
  open: CommonsTopicRow | null,
  { part, words, isWished }: { part: CommonsStanding['part']; words: number; isWished: boolean },
): CommonsStanding['abilities'] {
  const { closed } = leadOf(topic);
  const isFree = !closed || mayTouch(actor, closed);
  return {
    open: isFree && !open && part === 'author',
    join: isFree && open !== null && !open.removed && words > 0,
    wish: !open && actor.role === 'staff' && part !== 'author' && !isWished,
  };
}
