import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict } from '../../common/problem.js';
import type { WorkshopMinutes, WriteMinutes } from '../../contracts/workshops/workshop-materials.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { countText } from '../../infra/redis/text-of-day.js';
import { ManagersNow } from '../registrations/managers-now.js';
import { workshopDocumented } from '../workshops.events.js';
import { mayManage } from '../workshops.policy.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsService } from '../workshops.service.js';
import { mustBePublished } from './materials.service.js';
import { MinutesRepository } from './minutes.repository.js';
import type { MinutesRow } from './minutes.schema.js';
import { WorkshopNews } from './workshop-news.js';

/** The minutes of a workshop: written by those who look after it, read by all who see it. Who was not the last to read them is told so. */
@Injectable()
export class Minutes {
  constructor(
    private readonly service: WorkshopsService,
    private readonly managers: ManagersNow,
    private readonly minutes: MinutesRepository,
    private readonly news: WorkshopNews,
    private readonly people: People,
    private readonly transactions: Transactions,
    private readonly bus: EventBus,
    private readonly clock: Clock,
    private readonly limits: RateLimits,
  ) {}

  /** Throws 404. */
  async read(actor: CohortActor, workshopId: string): Promise<WorkshopMinutes> {
    const workshop = await this.service.seen(actor, workshopId);
    return await this.reply(actor, workshop, await this.minutes.find(workshop._id));
  }

  /** Throws 404, 403, 409 `not_published`, `cancelled`, `cohort_closed`, and `stale` with `now`, 429 `text_day_full`. */
  async write(actor: CohortActor, workshopId: string, { body, revision }: WriteMinutes): Promise<WorkshopMinutes> {
    const workshop = await this.service.managed(actor, workshopId);
    mustBePublished(workshop);
    const seen = await this.minutes.find(workshop._id);
    if ((seen?.revision ?? 0) !== revision) throw await this.stale(actor, workshop);
    await countText(this.limits, actor.userId, body);
    const row: MinutesRow = {
      ...{ _id: workshop._id, cohortId: workshop.cohortId, body, revision: revision + 1 },
      ...{ editedBy: idOf(actor.userId), editedAt: this.clock.now() },
    };
    if (!(await this.save(actor, seen, row))) throw await this.stale(actor, workshop);
    this.bus.publish(workshopDocumented, { cohortId: actor.cohortId, workshopId: String(workshop._id) });
    return await this.reply(actor, workshop, row);
  }

  /** People are told when there are some for the first time: not when they were emptied, nor of each change of their words. False when somebody was faster. */
  private async save(actor: CohortActor, seen: MinutesRow | null, row: MinutesRow): Promise<boolean> {
    const { _id, ...fields } = row;
    try {
      return await this.transactions.run(async (session) => {
        mustBePublished(await this.managers.take(actor, _id, session));
        const isEmpty = row.body === '';
        const wasNews = seen ? (seen.isNews ?? false) : true;
        const isNews = isEmpty && ((await this.news.forget(_id, session)) || wasNews);
        if (!seen) await this.minutes.insert({ ...row, isNews }, session);
        else if (!(await this.minutes.write(seen, { ...fields, isNews }, session))) return false;
        if (isEmpty || !wasNews) return true;
        const { cohortId, editedBy: byId, editedAt: at } = row;
        const what = 'minutes' as const;
        await this.news.add({ cohortId, workshopId: _id, what, thingId: _id, title: '', byId, at }, session);
        return true;
      });
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private async stale(actor: CohortActor, workshop: WorkshopRow) {
    const now = await this.reply(actor, workshop, await this.minutes.find(workshop._id));
    return conflict('stale', 'Somebody wrote them meanwhile. Look again.', { now });
  }

  private async reply(actor: CohortActor, workshop: WorkshopRow, row: MinutesRow | null): Promise<WorkshopMinutes> {
    const by = row && String(row.editedBy);
    const faces = await this.people.byId(by ? [by] : []);
    return {
      body: row?.body ?? '',
      revision: row?.revision ?? 0,
      editedBy: by ? (faces.get(by) ?? { id: by, name: '', avatarUrl: null }) : null,
      editedAt: row?.editedAt.toISOString() ?? null,
      abilities: {
        write: mayManage(actor, workshop) && actor.cohortState === 'running' && workshop.status === 'published',
      },
    };
  }
}
