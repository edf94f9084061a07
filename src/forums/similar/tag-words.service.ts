import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { conflict, notFound } from '../../common/problem.js';
import type { SetTagWords, TagSynonyms } from '../../contracts/forum-tags.js';
import { Tag } from '../../contracts/forums.js';
import { MAX_TAGS_WITH_WORDS } from '../../contracts/limits.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { TagWordsRepository } from './tag-words.repository.js';

/** Other words for tags, which staff give. */
@Injectable()
export class TagWordsService {
  constructor(
    private readonly rows: TagWordsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
  ) {}

  async of({ cohortId }: CohortActor): Promise<TagSynonyms> {
    const items = await this.rows.of(idOf(cohortId));
    return { items: items.map(({ tag, words }) => ({ tag, words: [...words] })) };
  }

  /** Throws 404 for what is no tag, 409 `too_many_tags_with_words`. */
  async set(actor: CohortActor, name: string, { words }: SetTagWords): Promise<void> {
    const tag = Tag.safeParse(name).data;
    if (tag === undefined) throw notFound();
    const id = idOf(actor.cohortId);
    await againWhenDoubled(() =>
      this.transactions.run(async (session) => {
        await this.actors.still(actor, session);
        if (words.length === 0) {
          await this.rows.remove(id, tag, session);
          return;
        }
        if (!(await this.rows.set(id, { tag, words: [...new Set(words)] }, session))) return;
        await this.cohorts.holdAny(id, session);
        if ((await this.rows.count(id, session)) > MAX_TAGS_WITH_WORDS)
          throw conflict('too_many_tags_with_words', 'As many tags as can have other words.', {
            most: MAX_TAGS_WITH_WORDS,
          });
      }),
    );
  }
}
