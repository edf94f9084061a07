import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Clashes } from '../../calendar/clashes.service.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { JobQueues, defineQueue } from '../../infra/queue/job-queues.js';
import { keptForLetter } from '../../workshops/letter-facts.js';
import { type PlaceNews, newsOf } from '../../workshops/registrations/place-news.js';
import { registrationChanged, workshopCancelled, workshopChanged } from '../../workshops/workshops.events.js';
import type { WorkshopFacts } from '../../workshops/workshop-facts.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import type { NoticeParams } from '../inbox/notification.schema.js';
import { Notifier } from '../notifier.js';
import { SeriesNotices, hasMoved } from './series.notices.js';
import { LOOK_EVERY_MS, UntoldLooks } from '../untold-looks.js';

/** With `userId`: what that person is to hear of their place; without: all hear that it was moved or cancelled. */
interface WorkshopNotice {
  workshopId: string;
  userId?: string;
}

const workshopNotice = defineQueue<WorkshopNotice>('workshop-notice');

/** Tells people what happens to their workshops: their place (with the calendar entry), a new time, the end of it. */
@Injectable()
export class WorkshopNotices implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly workshops: WorkshopsReader,
    private readonly people: People,
    private readonly notifier: Notifier,
    private readonly series: SeriesNotices,
    private readonly intervals: Intervals,
    private readonly looks: UntoldLooks,
    private readonly clock: Clock,
    private readonly members: Members,
    private readonly clashes: Clashes,
  ) {}

  onModuleInit(): void {
    this.intervals.every(LOOK_EVERY_MS, 'places to tell of', () => this.tellUntold());
    this.bus.on(registrationChanged, async ({ workshopId, userId, ...change }) => {
      if (newsOf(change) && !change.together) await this.queues.add(workshopNotice, { workshopId, userId });
    });
    this.bus.on(workshopChanged, async ({ workshopId, changed, act }) => {
      if (!act && (changed.includes('time') || changed.includes('place'))) {
        await this.queues.add(workshopNotice, { workshopId });
      }
    });
    this.bus.on(workshopCancelled, async ({ workshopId, act }) => {
      if (!act) await this.queues.add(workshopNotice, { workshopId });
    });
    this.queues.process(workshopNotice, ({ workshopId, userId }) =>
      userId ? this.tellOne(workshopId, userId) : this.tellAll(workshopId),
    );
  }

  /**
   * Tells all who go, wait or host what became of a workshop, by its state: cancelled, or moved when its revision rose after it was
   * published. Once per revision, whoever asks; so a reconciler can ask again. What one act did to several dates is told of once for all of them.
   */
  async tellAll(workshopId: string): Promise<void> {
    const workshop = await this.workshops.byId(workshopId);
    if (!workshop || !(workshop.status === 'cancelled' || hasMoved(workshop))) return;
    const { seriesId, actId } = workshop;
    if (seriesId && actId) {
      await this.series.tellAct({ seriesId, actId });
      return;
    }
    const [going, waiting] = await Promise.all([
      this.workshops.goingIds(workshopId),
      this.workshops.waitingIds(workshopId),
    ]);
    const isCancelled = workshop.status === 'cancelled';
    const told = new Set<string>();
    for (const [why, userIds] of [
      ['registered', going],
      ['host', workshop.hosts],
      ['waitlisted', waiting],
    ] as const) {
      await this.notifier.notify({
        userIds: userIds.filter((userId) => !told.has(userId)),
        cohortId: workshop.cohortId,
        kind: isCancelled ? 'workshop.cancelled' : 'workshop.moved',
        params: {
          ...paramsOf(workshop),
          reason: workshop.cancelReason ?? 'none',
          status: why === 'waitlisted' ? why : null,
        },
        link: linkOf(workshop),
        why,
        key: isCancelled ? `workshop-cancelled-${workshopId}` : `workshop-moved-${workshopId}-${workshop.revision}`,
      });
      userIds.forEach((userId) => told.add(userId));
    }
  }

  /** Tells everybody who has not heard of their place; told twice, they hear of it once. */
  async tellUntold(): Promise<void> {
    await this.looks.look(
      async (from, to, limit) =>
        distinct((await this.workshops.untold(from, to, limit)).map((one) => ({ ...one, to }))),
      ({ workshopId, userId, actId, to }) =>
        actId ? this.series.tellPlaces({ userId, actId }, to) : this.tellOne(workshopId, userId),
    );
  }

  /** Tells one person what became of their place. */
  async tellOne(workshopId: string, userId: string): Promise<void> {
    const news = await this.workshops.newsOf(workshopId, userId);
    // After the news: a move before them, of which nobody tells who came after it, is then in what they hear.
    const workshop = news && (await this.workshops.byId(workshopId));
    if (!workshop) return;
    const { what, at, until, byId } = news;
    // Cancelled meanwhile: they hear that.
    if (workshop.status === 'published' && (what !== 'left' || (await this.tellsOfLeaving(workshop, userId)))) {
      const by = byId ? (await this.people.byId([byId])).get(byId)?.name : undefined;
      await this.notifier.notify({
        userIds: [userId],
        cohortId: workshop.cohortId,
        kind: KINDS[what],
        params: {
          ...paramsOf(workshop),
          status: by !== undefined && (what === 'registered' || what === 'waitlisted') ? `${what}_by` : what,
          ...(by !== undefined && { by }),
          ...(until && { untilAt: until.toISOString() }),
          ...(ASKED_NOBODY.has(what) && (await this.overlapOf(workshop, userId))),
        },
        link: linkOf(workshop),
        why: WHY[what] ?? 'waitlisted',
        key: `workshop-${what}-${workshopId}-${at.getTime()}`,
      });
    }
    await this.workshops.told(workshopId, userId, news);
  }

  /** What else they have at that time: nobody could ask them, when the place came to them. */
  private async overlapOf({ id, startsAt, endsAt }: WorkshopFacts, userId: string): Promise<NoticeParams> {
    const stretch = { userId, from: startsAt.getTime(), to: endsAt.getTime(), except: id };
    const [first] = await this.clashes.shown(
      { userId, cohortId: '', role: 'fellow' },
      await this.clashes.over([stretch]),
      [stretch],
    );
    return first ? { over: first.kind, overTitle: first.title } : {};
  }

  /** Not of what is over, nor to who hosts it now or is no member any more: they know, or have nothing here. */
  private async tellsOfLeaving({ endsAt, hosts, cohortId }: WorkshopFacts, userId: string): Promise<boolean> {
    if (endsAt <= this.clock.now() || hosts.includes(userId)) return false;
    return (await this.members.find(cohortId, userId)) !== null;
  }
}

/** What one act did is told once, whichever of its dates is found. */
function distinct<One extends { userId: string; actId: string | null }>(all: readonly One[]): One[] {
  const acts = new Set<string>();
  return all.filter(({ userId, actId }) => {
    const key = `${userId} ${actId}`;
    if (actId !== null && acts.has(key)) return false;
    acts.add(key);
    return true;
  });
}

const KINDS = {
  registered: 'workshop.registered',
  waitlisted: 'workshop.registered',
  promoted: 'workshop.promoted',
  offered: 'workshop.offered',
  lapsed: 'workshop.lapsed',
  left: 'workshop.left',
} as const;

/** What comes to somebody who waited, whatever else they have by then. */
const ASKED_NOBODY: ReadonlySet<PlaceNews> = new Set(['promoted', 'offered']);

const WHY: Partial<Record<PlaceNews, string>> = {
  registered: 'registered',
  promoted: 'registered',
  left: 'left',
};

const linkOf = (workshop: WorkshopFacts) => `/c/${workshop.cohortId}/workshops/${workshop.id}`;

const paramsOf = (workshop: WorkshopFacts): NoticeParams => ({
  workshopId: workshop.id,
  title: workshop.title,
  ...keptForLetter(workshop),
});
