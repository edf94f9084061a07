import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Clashes } from '../../calendar/clashes.service.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock } from '../../common/times/clock.js';
import { tryEach } from '../../common/try-each.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { keptForLetter } from '../../workshops/letter-facts.js';
import type { PlaceNews } from '../../workshops/registrations/place-news.js';
import { type PlaceTold, PlaceNewsReader } from '../../workshops/registrations/place-news.reader.js';
import { type PlacesToTell, placesChanged, workshopsReplanned } from '../../workshops/workshops.events.js';
import type { WorkshopFacts } from '../../workshops/workshop-facts.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import type { NoticeParams } from '../inbox/notification.schema.js';
import { Notifier } from '../notifier.js';
import { SeriesNotices, hasMoved } from './series.notices.js';
import { together } from './together.js';

/** Tells people what happens to their workshops: their place (with the calendar entry), a new time, the end of it. */
@Injectable()
export class WorkshopNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly workshops: WorkshopsReader,
    private readonly news: PlaceNewsReader,
    private readonly people: People,
    private readonly notifier: Notifier,
    private readonly series: SeriesNotices,
    private readonly clock: Clock,
    private readonly members: Members,
    private readonly clashes: Clashes,
  ) {}

  onModuleInit(): void {
    this.outbox.on(placesChanged, 'workshop notices', (places) => this.tellPlaces(places));
    this.outbox.on(workshopsReplanned, 'workshop notices', ({ workshopIds, act }) =>
      act ? this.series.tellAct(act) : tryEach(workshopIds, (id) => this.tellAll(id)),
    );
  }

  /**
   * Tells all who go, wait or host what became of a workshop, by its state: cancelled, or moved when its revision rose after it was
   * published. Once per revision, however often it is asked. What one act did to several dates is told of once for all of them.
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
        ...(!isCancelled && { notBefore: workshop.moveToldAt }),
        params: {
          ...paramsOf(workshop),
          reason: workshop.cancelReason ?? 'none',
          status: why === 'waitlisted' ? why : null,
          revisions: String(workshop.revision),
        },
        link: linkOf(workshop),
        why,
        key: isCancelled ? `workshop-cancelled-${workshopId}` : `workshop-moved-${workshopId}-${workshop.revision}`,
      });
      userIds.forEach((userId) => told.add(userId));
    }
  }

  /** Tells people what became of their places, each by the state that they have by then. Who hears the same is told together. */
  async tellPlaces(places: PlacesToTell): Promise<void> {
    if (Object.keys(places.people).length === 0) return;
    const [workshop, told] = await Promise.all([this.workshops.byId(places.workshopId), this.news.stillSo(places)]);
    // Cancelled meanwhile: they hear that.
    if (workshop?.status !== 'published') return;
    const people = await this.withoutWhoKnows(workshop, told);
    const [names, overlaps] = await Promise.all([
      this.people.byId(people.flatMap(({ byId }) => byId ?? [])),
      this.overlapsOf(workshop, people),
    ]);
    const notices = people.map(({ userId, what, until, byId }) => {
      const by = byId ? names.get(byId)?.name : undefined;
      return {
        userIds: [userId],
        cohortId: workshop.cohortId,
        kind: KINDS[what],
        params: {
          ...paramsOf(workshop),
          status: by !== undefined && (what === 'registered' || what === 'waitlisted') ? `${what}_by` : what,
          ...(by !== undefined && { by }),
          ...(until && { untilAt: until.toISOString() }),
          ...overlaps.get(userId),
        },
        link: linkOf(workshop),
        why: WHY[what] ?? 'waitlisted',
        key: `workshop-${what}-${workshop.id}-${places.at}`,
      };
    });
    await tryEach(together(notices), (notice) => this.notifier.notify(notice));
  }

  /** What else they have at that time: nobody could ask them, when the place came to them. */
  private async overlapsOf(
    { id, startsAt, endsAt }: WorkshopFacts,
    people: readonly PlaceTold[],
  ): Promise<Map<string, NoticeParams>> {
    const stretches = people
      .filter((one) => wasNotAsked(one))
      .map(({ userId }) => ({ userId, from: startsAt.getTime(), to: endsAt.getTime(), except: id }));
    const held = await this.clashes.over(stretches);
    const overlaps = new Map<string, NoticeParams>();
    for (const userId of new Set(held.map((one) => one.userId))) {
      const mine = <One extends { userId: string }>(all: readonly One[]) => all.filter((one) => one.userId === userId);
      const [first] = await this.clashes.shown({ userId, cohortId: '', role: 'fellow' }, mine(held), mine(stretches));
      if (first) overlaps.set(userId, { over: first.kind, overTitle: first.title });
    }
    return overlaps;
  }

  /** Nobody hears that they left what is over, nor who hosts it now or is no member any more: they know, or have nothing here. */
  private async withoutWhoKnows(
    { endsAt, hosts, cohortId }: WorkshopFacts,
    told: readonly PlaceTold[],
  ): Promise<PlaceTold[]> {
    const left = told.flatMap(({ what, userId }) => (what === 'left' ? [userId] : []));
    if (left.length === 0) return [...told];
    const here = new Set((await this.members.among(cohortId, left)).filter((userId) => !hosts.includes(userId)));
    const isOver = endsAt <= this.clock.now();
    return told.filter(({ what, userId }) => what !== 'left' || (!isOver && here.has(userId)));
  }
}

const KINDS = {
  registered: 'workshop.registered',
  waitlisted: 'workshop.registered',
  promoted: 'workshop.promoted',
  offered: 'workshop.offered',
  lapsed: 'workshop.lapsed',
  left: 'workshop.left',
} as const;

/** What comes to somebody whatever else they have by then: to who waited, or from a host or somebody of their team. */
const wasNotAsked = ({ what, byId }: PlaceTold): boolean =>
  what === 'promoted' || what === 'offered' || (what === 'registered' && byId !== null);

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
