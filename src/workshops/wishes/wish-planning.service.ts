import { Injectable } from '@nestjs/common';
import { BusySources } from '../../calendar/busy-sources.js';
import { closedDaysBetween } from '../../cohorts/timeline/closed-days.js';
import { ClosedDaysReader } from '../../cohorts/timeline/closed-days.reader.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Milestones } from '../../cohorts/timeline/milestones.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { conflict, notFound } from '../../common/problem.js';
import { dayNumber } from '../../common/times/zone-offsets.js';
import { dayOf } from '../../common/times/zoned.js';
import type { PlanWish, WishDates, WishDatesQuery, WishPlan } from '../../contracts/workshops/wishes.js';
import { CreateWorkshop } from '../../contracts/workshops/workshops.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { DraftRoom } from '../draft-room.js';
import { WorkshopDrafts, toEdit } from '../workshop-drafts.js';
import { mustBePlannable } from '../workshop.js';
import { workshopDrafted } from '../workshops.events.js';
import { lookOf, suitingDates } from './dates.js';
import { peopleOf, toldFrom, toldTo } from './told.js';
import { type Said, mayWish } from './wish.js';
import type { WishRow } from './wish.schema.js';
import { WishesRepository } from './wishes.repository.js';
import { WishesService } from './wishes.service.js';

/** Bounds one look; of more people the first count. */
const MAX_PEOPLE = 100;
const MAX_DATES = 8;
const MAX_HOSTS = 10;
/** Room for some who have not said that they want it. */
const FEWEST_PLACES = 12;

/** From a wish to a draft: when most of its people can, and the draft itself. */
@Injectable()
export class WishPlanning {
  constructor(
    private readonly service: WishesService,
    private readonly wishes: WishesRepository,
    private readonly members: Members,
    private readonly busy: BusySources,
    private readonly milestones: Milestones,
    private readonly closedDays: ClosedDaysReader,
    private readonly drafts: WorkshopDrafts,
    private readonly room: DraftRoom,
    private readonly transactions: Transactions,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * The dates that suit most of its people, best first. As many queries for a hundred people as for one. Whose time that tells is asked
   * first: of fewer than three others nothing is told but to staff, since what suits one or two is when these are free; and who is counted changes by three others at
   * least ({@link toldFrom}). Throws 403, 409 as {@link plan}.
   */
  async dates(actor: CohortActor, wishId: string, { minutes }: WishDatesQuery): Promise<WishDates> {
    const row = await this.service.allowed(actor, wishId, 'plan');
    const now = this.clock.now().getTime();
    const said = firstOf(await this.saidByMembers(row));
    const told = actor.role === 'staff' ? said : await this.told(actor.userId, row, said);
    const isTold = told !== null;
    const counted = told ?? said;
    const people = peopleOf(counted);
    const givers = new Set(giversOf(counted));
    const look = lookOf(now);
    const [from, to] = [new Date(look.from), new Date(look.to)];
    const timeZone = actor.cohortTimeZone;
    const [first, last] = [dayOf(from, timeZone), dayOf(to, timeZone)];
    // Who is counted and says nothing any more is counted as free: nobody looks into their time.
    const still = new Set(peopleOf(said));
    const asked = isTold ? people.filter((id) => still.has(id)) : [actor.userId];
    const [busy, milestones, closed] = await Promise.all([
      this.busy.everything(asked, from, to),
      this.milestones.daysIn(actor.cohortId, first, last),
      this.closedDays.ofCohort(actor.cohortId),
    ]);
    const dates = suitingDates(
      {
        people,
        givers,
        busy: busy.map(({ userId, startsAt, endsAt }) => ({
          userId,
          from: startsAt.getTime(),
          to: endsAt.getTime(),
        })),
        avoid: new Set(
          [...milestones, ...closedDaysBetween(first, last, closed.on).map(({ on }) => on)].map(dayNumber),
        ),
        timeZone,
        now,
        minutes,
      },
      MAX_DATES,
    );
    return {
      items: dates.map(({ from: starts, to: ends, free, giving }) => ({
        startsAt: new Date(starts).toISOString(),
        endsAt: new Date(ends).toISOString(),
        free: isTold ? free : null,
        giving: isTold ? giving : null,
      })),
      people: people.length,
      givers: people.filter((id) => givers.has(id)).length,
      timeZone,
    };
  }

  /**
   * Makes a draft of it, hosted by who gives. Of two at once one makes it, for the other it is 409 `already_planned`, with `workshopId`
   * for who may see the draft. What a fellow or an agency's host makes is a proposal, which the programme team publishes.
   */
  async plan(actor: CohortActor, wishId: string, { startsAt, minutes }: PlanWish): Promise<WishPlan> {
    const row = await this.service.allowed(actor, wishId, 'plan');
    const draft = await this.draftOf(actor, row, startsAt, minutes);
    await this.room.admit(actor, { alone: 1 });
    await this.transactions.run(async (session) => {
      const [guard, change] = [{ state: 'open', workshopId: null }, { workshopId: draft._id }] as const;
      if (!(await this.wishes.change(row._id, guard, change, session))) {
        if (!(await this.wishes.byId(row._id))) throw notFound();
        throw conflict('already_planned', 'Somebody was faster: a workshop is being made of it.');
      }
      await this.room.write(actor, [draft], session);
    });
    const workshopId = String(draft._id);
    this.bus.publish(workshopDrafted, { cohortId: actor.cohortId, workshopId });
    this.service.publish(row);
    return { wishId: String(row._id), workshopId };
  }

  /** Whose time is told to somebody: what is told is written first, so that of two who ask at once both are told the same. */
  private async told(askingId: string, row: WishRow, now: readonly Said[]): Promise<Said[] | null> {
    for (let wish: WishRow | null = row; wish; wish = await this.wishes.byId(row._id)) {
      const before = toldBefore(wish);
      const told = toldFrom(before, now, askingId);
      if (told === before || (await this.wishes.tell(wish, told))) return toldTo(askingId, told, now);
    }
    throw notFound();
  }

  private async draftOf(actor: CohortActor, row: WishRow, startsAt: string, minutes: number) {
    const givers = giversOf(await this.saidByMembers(row));
    // Whoever plans it is among its hosts, staff only where they give.
    const hosts = givers.includes(actor.userId) ? [actor.userId, ...givers] : givers;
    const fields = toEdit(
      CreateWorkshop.parse({
        title: row.subject,
        description: row.text,
        startsAt,
        endsAt: new Date(Date.parse(startsAt) + minutes * MINUTE).toISOString(),
        timeZone: actor.cohortTimeZone,
        capacity: Math.max(FEWEST_PLACES, row.wants),
        hosts: [...new Set(hosts)].slice(0, MAX_HOSTS - 1),
      }),
    );
    mustBePlannable(fields, this.clock.now());
    return this.drafts.draft(actor, fields, { proposed: actor.role === 'fellow' || actor.role === 'host' });
  }

  /** What those said who may still come: members, but for alumni. */
  private async saidByMembers(row: WishRow): Promise<Said[]> {
    const said = await this.wishes.saidTo(row._id);
    const userIds = [...new Set(said.map((one) => one.userId))];
    const members = await this.members.list(String(row.cohortId), { userIds });
    const here = new Set(
      members.filter(({ role }) => mayWish({ userId: '', role, cohortState: 'running' })).map((one) => one.userId),
    );
    return said.filter((one) => here.has(one.userId));
  }
}

/** What the first people said, as many as one look takes. */
function firstOf(said: readonly Said[]): Said[] {
  const first = new Set(peopleOf(said).slice(0, MAX_PEOPLE));
  return said.filter(({ userId }) => first.has(userId));
}

const toldBefore = ({ told = [] }: WishRow): Said[] =>
  told.map(({ userId, side }) => ({ userId: String(userId), side }));

const giversOf = (said: readonly Said[]) => said.filter((one) => one.side === 'give').map((one) => one.userId);
