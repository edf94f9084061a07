import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { grouped } from '../../common/grouped.js';
import { FollowingsRepository, type Stand } from '../followings.repository.js';
import type { TopicFacts } from '../topics.repository.js';
import { type Chosen, type Held, type Muted, levelFor, mutedBy } from './level-rule.js';
import { type HeldLevel, LevelsRepository } from './levels.repository.js';

type Of = Pick<TopicFacts, '_id' | 'cohortId' | 'tags'>;

/** Which levels hold for topics, of all that people chose. */
@Injectable()
export class TopicLevels {
  constructor(
    private readonly followings: FollowingsRepository,
    private readonly levels: LevelsRepository,
  ) {}

  /** Of everybody who chose something that counts, by the topic's id, then by the person's. Two queries. */
  async ofAll(topics: readonly Of[]): Promise<Map<string, Map<string, Held>>> {
    const [rows, general] = await Promise.all([
      this.followings.chosenIn(topics.map(({ _id }) => _id)),
      this.levels.ofTags(distinct(topics), [...new Set(topics.flatMap(({ tags }) => tags))]),
    ]);
    const ownOf = grouped(rows, ({ topicId }) => String(topicId));
    const generalOf = grouped(general, ({ cohortId, userId }) => placeOf(cohortId, userId));
    const peopleOf = grouped(general, ({ cohortId }) => String(cohortId));
    return new Map(
      topics.map(({ _id, cohortId, tags }) => {
        const own = new Map((ownOf.get(String(_id)) ?? []).map((row) => [String(row.userId), row]));
        const choosers = (peopleOf.get(String(cohortId)) ?? []).map(({ userId }) => String(userId));
        const levels = [...new Set([...own.keys(), ...choosers])].map((userId) => {
          const theirs = generalOf.get(placeOf(cohortId, userId)) ?? [];
          return [userId, levelFor(chosen(own.get(userId), theirs), tags)] as const;
        });
        return [String(_id), new Map(levels)];
      }),
    );
  }

  /** Of one person; whoever asks which holds for a topic says how they stand with it. One query. */
  async ofPerson(
    userId: Types.ObjectId,
    topics: readonly Of[],
  ): Promise<(topic: Of, stand: Partial<Stand> | undefined) => Held> {
    return await this.ofPersonIn(userId, distinct(topics));
  }

  /** The same for all topics of some cohorts. One query. */
  async ofPersonIn(
    userId: Types.ObjectId,
    cohortIds: readonly Types.ObjectId[],
  ): Promise<(topic: Of, stand: Partial<Stand> | undefined) => Held> {
    const general = cohortIds.length === 0 ? [] : await this.levels.ofPerson(userId, cohortIds);
    return (topic, stand) => {
      const here = general.filter(({ cohortId }) => cohortId.equals(topic.cohortId));
      return levelFor(chosen(stand, here), topic.tags);
    };
  }

  /** What a person muted of a cohort. One query. */
  async mutedBy(userId: Types.ObjectId, cohortId: Types.ObjectId): Promise<Muted> {
    return mutedBy(chosen(undefined, await this.levels.ofPerson(userId, [cohortId])));
  }
}

const placeOf = (cohortId: Types.ObjectId, userId: { toString: () => string }) =>
  `${String(cohortId)} ${String(userId)}`;

const distinct = (topics: readonly Of[]): Types.ObjectId[] => [
  ...new Map(topics.map(({ cohortId }) => [String(cohortId), cohortId])).values(),
];

function chosen(stand: Partial<Stand> | undefined, general: readonly HeldLevel[]): Chosen {
  return {
    topic: stand?.level ? { level: stand.level, byItself: stand.byItself ?? false } : null,
    tags: general.filter(({ tag }) => tag !== ''),
    whole: general.find(({ tag }) => tag === '')?.level ?? null,
  };
}
