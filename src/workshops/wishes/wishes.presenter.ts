import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import type { Person } from '../../contracts/primitives.js';
import type { Wish } from '../../contracts/workshops/wishes.js';
import { idOf } from '../../infra/mongo/ids.js';
import { mayManage } from '../workshops.policy.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { type Standing, abilities } from './wish.js';
import type { WishRow } from './wish.schema.js';
import { WishesRepository } from './wishes.repository.js';

/** What the rules know of a row. */
export const standingOf = (row: WishRow): Standing => ({
  createdBy: String(row.createdBy),
  state: row.state,
  others: row.others,
  hasWorkshop: row.workshopId !== undefined,
});

/** Makes replies of wishes. Three queries for any number of them. */
@Injectable()
export class WishesPresenter {
  constructor(
    private readonly people: People,
    private readonly wishes: WishesRepository,
    private readonly workshops: WorkshopsRepository,
  ) {}

  async one(actor: CohortActor, row: WishRow): Promise<Wish> {
    const [reply] = await this.many(actor, [row]);
    if (!reply) throw new Error('one wish gives one reply');
    return reply;
  }

  async many(actor: CohortActor, rows: readonly WishRow[]): Promise<Wish[]> {
    if (rows.length === 0) return [];
    const workshopIds = rows.flatMap((row) => row.workshopId ?? []);
    const [faces, said, workshops] = await Promise.all([
      this.people.byId(rows.flatMap((row) => [row.createdBy, ...row.wanting, ...row.giving].map(String))),
      this.wishes.saidBy(
        idOf(actor.userId),
        rows.map((row) => row._id),
      ),
      workshopIds.length > 0 ? this.workshops.byIds(workshopIds) : [],
    ]);
    const byId = new Map(workshops.map((workshop) => [String(workshop._id), workshop]));
    // An erased person keeps their place as an id without a name.
    const face = (id: unknown): Person => faces.get(String(id)) ?? { id: String(id), name: '', avatarUrl: null };
    return rows.map((row): Wish => {
      const mine = said.get(String(row._id)) ?? [];
      const workshop = byId.get(String(row.workshopId));
      return {
        id: String(row._id),
        cohortId: String(row.cohortId),
        subject: row.subject,
        text: row.text,
        author: face(row.createdBy),
        state: row.state,
        reason: row.reason ?? null,
        wants: row.wants,
        gives: row.gives,
        people: { want: row.wanting.map(face), give: row.giving.map(face) },
        mine,
        preparing: row.state === 'open' && row.workshopId !== undefined,
        workshop: workshop && seenBy(actor, workshop) ? toLink(workshop) : null,
        createdAt: row.createdAt.toISOString(),
        revision: row.revision,
        abilities: abilities(actor, standingOf(row), mine),
      };
    });
  }
}

const seenBy = (actor: CohortActor, workshop: WorkshopRow) => workshop.status !== 'draft' || mayManage(actor, workshop);

const toLink = ({ _id, title, startsAt, status }: WorkshopRow) => ({
  id: String(_id),
  title,
  startsAt: startsAt.toISOString(),
  published: status === 'published',
});
