import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { TopicCard } from '../../contracts/bridges/link-cards.js';
import type { Person } from '../../contracts/primitives.js';
import { type LinkedTopic, LinkedTopics } from '../../forums/linked-topics.js';
import { type CardSource, type CohortThing, type LinkReader, placeOf } from './card-source.js';

/** Topics are for all members of their cohort. */
@Injectable()
export class TopicCards implements CardSource {
  readonly kind = 'topic';

  constructor(
    private readonly topics: LinkedTopics,
    private readonly people: People,
  ) {}

  async of(_reader: LinkReader, links: readonly CohortThing[]) {
    const [cohortIds, ids] = [links.map(({ cohortId }) => cohortId), links.map(({ id }) => id)];
    const topics = await this.topics.of(cohortIds, ids);
    const shown = links.flatMap((link) => {
      const topic = topics.get(link.id);
      return topic?.cohortId === link.cohortId ? [{ link, topic }] : [];
    });
    const faces = await this.people.byId(shown.flatMap(({ topic }) => [topic.authorId, topic.lastAuthorId]));
    return new Map(
      shown.map(({ link, topic }) => [placeOf(link), { kind: 'topic', topic: toCard(topic, faces) } as const]),
    );
  }
}

function toCard(topic: LinkedTopic, faces: ReadonlyMap<string, Person>): TopicCard {
  const { id, cohortId, title, kind, state, posts } = topic;
  const faceOf = (userId: string) => faces.get(userId) ?? { id: userId, name: '', avatarUrl: null };
  return {
    ...{ id, cohortId, title, kind, state },
    ...{ author: faceOf(topic.authorId), lastAuthor: faceOf(topic.lastAuthorId) },
    ...{ createdAt: topic.createdAt.toISOString(), lastPostAt: topic.lastPostAt.toISOString() },
    replies: Math.max(0, posts - 1),
  };
}
