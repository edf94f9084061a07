import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, notFound } from '../../common/problem.js';
import { type ForumLevel, type ForumLevels, Tag } from '../../contracts/forums.js';
import { MAX_TAG_LEVELS } from '../../contracts/limits.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { forumLevelChanged } from '../forums.events.js';
import { TopicsRepository } from '../topics.repository.js';
import { LevelsRepository } from './levels.repository.js';

const CHOOSING = { name: 'forum-levels', points: 60, seconds: 600 };

/** How closely one follows tags, and the whole. */
@Injectable()
export class ForumLevelsService {
  constructor(
    private readonly levels: LevelsRepository,
    private readonly topics: TopicsRepository,
    private readonly people: People,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly outbox: Outbox,
  ) {}

  async of(actor: CohortActor): Promise<ForumLevels> {
    const rows = await this.levels.ofPerson(idOf(actor.userId), [idOf(actor.cohortId)]);
    return {
      level: rows.find(({ tag }) => tag === '')?.level ?? 'normal',
      tags: rows
        .filter(({ tag }) => tag !== '')
        .map(({ tag, level }) => ({ tag, level }))
        .sort((a, b) => a.tag.localeCompare(b.tag)),
    };
  }

  /** Throws 404 for a tag that no topic has and they chose no level for, 409 `too_many_tag_levels`, 429. */
  async followTag(actor: CohortActor, name: string, level: ForumLevel): Promise<void> {
    const tag = Tag.safeParse(name).data;
    if (tag === undefined || !(await this.isThere(actor, tag))) throw notFound();
    await this.choose(actor, tag, level);
  }

  /** Throws 429. */
  async followWhole(actor: CohortActor, level: ForumLevel): Promise<void> {
    await this.choose(actor, '', level);
  }

  /** Whoever chose a level for a tag can change it also when no topic has the tag any more. */
  private async isThere({ cohortId, userId }: CohortActor, tag: string): Promise<boolean> {
    const isChosen = await this.levels.isChosen({ cohortId: idOf(cohortId), userId: idOf(userId), tag });
    return isChosen || (await this.topics.count(idOf(cohortId), { tag })) > 0;
  }

  private async choose(actor: CohortActor, tag: string, level: ForumLevel): Promise<void> {
    await this.limits.take(CHOOSING, actor.userId);
    const { cohortId, userId } = actor;
    await this.transactions.run(async (session) => {
      const isNew = await this.levels.set({ cohortId: idOf(cohortId), userId: idOf(userId), tag }, level, session);
      if (isNew && tag !== '') await this.mustHaveRoom(actor, session);
      await this.outbox.write(forumLevelChanged, { cohortId, userId }, session);
    });
  }

  private async mustHaveRoom({ cohortId, userId }: CohortActor, session: ClientSession): Promise<void> {
    await this.people.hold(idOf(userId), session);
    if ((await this.levels.countTags(idOf(userId), idOf(cohortId), session)) > MAX_TAG_LEVELS)
      throw conflict('too_many_tag_levels', 'You chose levels for as many tags as one can.', { most: MAX_TAG_LEVELS });
  }
}
