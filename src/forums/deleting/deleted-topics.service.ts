import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { pageOf } from '../../common/cursor.js';
import { Clock } from '../../common/times/clock.js';
import type { DeletedTopic } from '../../contracts/forum-posts.js';
import type { PageQuery } from '../../contracts/primitives.js';
import { idOf } from '../../infra/mongo/ids.js';
import { EVER, timePlaceOf } from '../../infra/mongo/time-place.js';
import { faceOf } from '../forums.presenter.js';
import { hexes } from '../topic.js';
import { DeletedTopicsRepository } from './deleted-topics.repository.js';
import { KEPT } from './deletion.js';

/** The deleted topics that somebody may restore. */
@Injectable()
export class DeletedTopics {
  constructor(
    private readonly topics: DeletedTopicsRepository,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  /** Those that I deleted with words of mine; for staff, all. */
  async page(
    actor: CohortActor,
    { limit, cursor }: PageQuery,
  ): Promise<{ items: DeletedTopic[]; nextCursor: string | null }> {
    const rows = await this.topics.page(idOf(actor.cohortId), {
      from: new Date(this.clock.now().getTime() - KEPT),
      after: cursor === undefined ? { at: EVER, id: null } : timePlaceOf(cursor),
      byId: actor.role === 'staff' ? null : idOf(actor.userId),
      limit: limit + 1,
    });
    const page = pageOf(rows, limit, (row) => [row.keptSince.toISOString(), String(row._id)]);
    const faces = await this.people.byId(hexes(page.items.map(({ authorId }) => authorId)));
    const items = page.items.map(({ _id, title, authorId, ended, keptSince }) => ({
      ...{ id: String(_id), title, author: faceOf(authorId, faces), postId: String(ended?.postId) },
      ...{ deletedAt: keptSince.toISOString(), keptUntil: new Date(keptSince.getTime() + KEPT).toISOString() },
    }));
    return { ...page, items };
  }
}
