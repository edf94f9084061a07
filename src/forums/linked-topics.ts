import { Injectable } from '@nestjs/common';
import { toIds } from '../infra/mongo/ids.js';
import { type TopicRef, toRef } from './topics-reader.js';
import { type TopicFacts, TopicsRepository } from './topics.repository.js';

/** A topic as a link to it shows it. */
export interface LinkedTopic extends TopicRef {
  lastPostAt: Date;
  lastAuthorId: string;
}

/** A topic that was merged, and that one again: a link is followed so often. */
const MAX_MERGES = 5;

/** The topics that links lead to, for the rooms after this one. It checks nobody's rights. */
@Injectable()
export class LinkedTopics {
  constructor(private readonly topics: TopicsRepository) {}

  /** By the ids that were asked for; of one that was merged, that in which all of it is. One query, and one for each merge on the way, five at most. */
  async of(cohortIds: readonly string[], topicIds: readonly string[]): Promise<Map<string, LinkedTopic>> {
    const cohorts = toIds(cohortIds);
    const found = new Map<string, TopicFacts>();
    let wanted = toIds(topicIds);
    for (let step = 0; step <= MAX_MERGES && wanted.length > 0; step += 1) {
      const rows = await this.topics.inCohorts(cohorts, wanted);
      rows.forEach((row) => found.set(String(row._id), row));
      wanted = rows.flatMap(({ mergedInto }) => (mergedInto && !found.has(String(mergedInto)) ? [mergedInto] : []));
    }
    return new Map(
      topicIds.flatMap((id) => {
        const row = whereNow(found, id);
        return row && !row.deletedAt ? [[id, toLinked(row)] as const] : [];
      }),
    );
  }
}

function whereNow(found: ReadonlyMap<string, TopicFacts>, id: string): TopicFacts | undefined {
  let row = found.get(id);
  for (let merges = 0; row?.mergedInto && merges < MAX_MERGES; merges += 1) row = found.get(String(row.mergedInto));
  return row;
}

const toLinked = (row: TopicFacts): LinkedTopic => ({
  ...toRef(row),
  lastPostAt: row.lastPostAt,
  lastAuthorId: String(row.lastAuthorId),
});
