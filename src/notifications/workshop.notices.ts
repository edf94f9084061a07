import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Members } from '../cohorts/members.service.js';
import { Clock, MINUTE } from '../common/clock.js';
import { EventBus } from '../infra/events/event-bus.js';
import { Beats } from '../infra/queue/beats.js';
import { JobQueues, defineQueue } from '../infra/queue/job-queues.js';
import {
  type RegistrationChange,
  registrationChanged,
  workshopCancelled,
  workshopChanged,
} from '../workshops/workshops.events.js';
import { type WorkshopFacts, WorkshopsReader } from '../workshops/workshops.reader.js';
import type { NoticeParams } from './notification.schema.js';
import { Notifier } from './notifier.js';

/** `registered`, `waitlisted`, `promoted`, `offered`, `lapsed` and `left` tell one person, `moved` and `cancelled` all of them. `at` tells two of a kind apart. */
type PlaceNews = 'registered' | 'waitlisted' | 'promoted' | 'offered' | 'lapsed' | 'left';
type WorkshopNotice =
  | { what: PlaceNews; workshopId: string; userId: string; at: number }
  | { what: 'moved' | 'cancelled'; workshopId: string };

/** An offer has little time: one whose event died with its process is told of by the next look. */
const LOOK_EVERY_MS = MINUTE;
const OFFERS_A_LOOK = 500;

const workshopNotice = defineQueue<WorkshopNotice>('workshop-notice');

/** Tells people what happens to their workshops: their place (with the calendar entry), a new time, the end of it. */
@Injectable()
export class WorkshopNotices implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly workshops: WorkshopsReader,
    private readonly notifier: Notifier,
    private readonly beats: Beats,
    private readonly clock: Clock,
    private readonly members: Members,
  ) {}

  onModuleInit(): void {
    this.beats.every(LOOK_EVERY_MS, 'offers to tell of', () => this.tellOffers());
    this.bus.on(registrationChanged, async ({ workshopId, userId, ...change }) => {
      const what = newsOf(change);
      if (what) await this.queues.add(workshopNotice, { what, workshopId, userId, at: Date.now() });
    });
    this.bus.on(workshopChanged, async ({ workshopId, changed }) => {
      if (changed.includes('time') || changed.includes('place')) {
        await this.queues.add(workshopNotice, { what: 'moved', workshopId });
      }
    });
    this.bus.on(workshopCancelled, async ({ workshopId }) => {
      await this.queues.add(workshopNotice, { what: 'cancelled', workshopId });
    });
    this.queues.process(workshopNotice, (notice) =>
      'userId' in notice ? this.tellOne(notice.workshopId, notice) : this.tellAll(notice.workshopId),
    );
  }

  /**
   * Tells all who go, wait or host what became of a workshop, by its state: cancelled, or moved when its revision rose. Once per
   * revision, whoever asks; so a reconciler can ask again.
   */
  async tellAll(workshopId: string): Promise<void> {
    const workshop = await this.workshops.byId(workshopId);
    if (!workshop || workshop.status === 'draft' || (workshop.status === 'published' && workshop.revision < 2)) return;
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

  /** Tells everybody for whom a place is held; told twice, they hear of it once. */
  async tellOffers(): Promise<void> {
    const offers = await this.workshops.openOffers(this.clock.now(), OFFERS_A_LOOK);
    for (const { workshopId, userId } of offers)
      await this.tellOne(workshopId, { what: 'offered', workshopId, userId, at: 0 });
  }

  /** Tells one person of their place; `at` tells one time from another, an offer by its end. */
  async tellOne(workshopId: string, { what, userId, at }: Extract<WorkshopNotice, { userId: string }>): Promise<void> {
    const workshop = await this.workshops.byId(workshopId);
    if (workshop?.status !== 'published') return;
    const until = what === 'offered' ? await this.workshops.offerOf(workshopId, userId) : null;
    // Answered or over before it could be told of.
    if (what === 'offered' && !until) return;
    if (what === 'left' && !(await this.tellsOfLeaving(workshop, userId))) return;
    await this.notifier.notify({
      userIds: [userId],
      cohortId: workshop.cohortId,
      kind: KINDS[what],
      params: { ...paramsOf(workshop), status: what, ...(until && { untilAt: until.toISOString() }) },
      link: linkOf(workshop),
      why: WHY[what] ?? 'waitlisted',
      key: `workshop-${what}-${workshopId}-${until?.getTime() ?? at}`,
    });
  }

  /** Not of what is over, nor to who hosts it now or is no member any more: they know, or have nothing here. */
  private async tellsOfLeaving({ endsAt, hosts, cohortId }: WorkshopFacts, userId: string): Promise<boolean> {
    if (endsAt <= this.clock.now() || hosts.includes(userId)) return false;
    return (await this.members.find(cohortId, userId)) !== null;
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

const WHY: Partial<Record<PlaceNews, string>> = {
  registered: 'registered',
  promoted: 'registered',
  left: 'left',
};

type Change = Pick<RegistrationChange, 'from' | 'to' | 'promoted' | 'lapsed'>;

/** A mark that was taken back is no new place. */
const HAD_THE_PLACE: ReadonlySet<RegistrationChange['from']> = new Set(['attended', 'absent', 'excused']);
/** From these one leaves something that stands in one's calendar. */
const IN_CALENDAR: ReadonlySet<RegistrationChange['from']> = new Set(['going', 'waitlisted', 'offered']);

function newsOf({ from, to, promoted, lapsed }: Change): PlaceNews | null {
  if (lapsed) return 'lapsed';
  if (promoted) return 'promoted';
  if (to === 'cancelled' && IN_CALENDAR.has(from)) return 'left';
  if (to === 'going') return HAD_THE_PLACE.has(from) ? null : 'registered';
  return to === 'waitlisted' || to === 'offered' ? to : null;
}

const linkOf = (workshop: WorkshopFacts) => `/c/${workshop.cohortId}/workshops/${workshop.id}`;

const paramsOf = (workshop: WorkshopFacts): NoticeParams => ({
  workshopId: workshop.id,
  title: workshop.title,
  startsAt: workshop.startsAt.toISOString(),
  endsAt: workshop.endsAt.toISOString(),
  place: workshop.place,
});
