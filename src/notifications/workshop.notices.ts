import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '../infra/events/event-bus.js';
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

/** `registered`, `waitlisted`, `promoted`, `offered` and `lapsed` tell one person, `moved` and `cancelled` all of them. `at` tells two of a kind apart. */
type PlaceNews = 'registered' | 'waitlisted' | 'promoted' | 'offered' | 'lapsed';
type WorkshopNotice =
  | { what: PlaceNews; workshopId: string; userId: string; at: number }
  | { what: 'moved' | 'cancelled'; workshopId: string };

const workshopNotice = defineQueue<WorkshopNotice>('workshop-notice');

/** Tells people what happens to their workshops: their place (with the calendar entry), a new time, the end of it. */
@Injectable()
export class WorkshopNotices implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly workshops: WorkshopsReader,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
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

  /** Tells one person of their place; `at` tells one time from another. */
  async tellOne(workshopId: string, { what, userId, at }: Extract<WorkshopNotice, { userId: string }>): Promise<void> {
    const workshop = await this.workshops.byId(workshopId);
    if (workshop?.status !== 'published') return;
    const until = what === 'offered' ? await this.workshops.offerOf(workshopId, userId) : null;
    // Answered or over before it could be told of.
    if (what === 'offered' && !until) return;
    await this.notifier.notify({
      userIds: [userId],
      cohortId: workshop.cohortId,
      kind: KINDS[what],
      params: { ...paramsOf(workshop), status: what, ...(until && { untilAt: until.toISOString() }) },
      link: linkOf(workshop),
      why: what === 'registered' || what === 'promoted' ? 'registered' : 'waitlisted',
      key: `workshop-${what}-${workshopId}-${at}`,
    });
  }
}

const KINDS = {
  registered: 'workshop.registered',
  waitlisted: 'workshop.registered',
  promoted: 'workshop.promoted',
  offered: 'workshop.offered',
  lapsed: 'workshop.lapsed',
} as const;

type Change = Pick<RegistrationChange, 'from' | 'to' | 'promoted' | 'lapsed'>;

/** A mark that was taken back is no new place. */
const HAD_THE_PLACE: ReadonlySet<RegistrationChange['from']> = new Set(['attended', 'absent', 'excused']);

function newsOf({ from, to, promoted, lapsed }: Change): PlaceNews | null {
  if (lapsed) return 'lapsed';
  if (promoted) return 'promoted';
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
