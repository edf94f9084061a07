import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '../../infra/events/event-bus.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { JobQueues, defineQueue } from '../../infra/queue/job-queues.js';
import { keptForLetter } from '../../workshops/letter-facts.js';
import type { PlaceNews } from '../../workshops/registrations/place-news.js';
import { SeriesNews } from '../../workshops/series/series-news.js';
import {
  type SeriesAct,
  seriesLengthened,
  seriesJoined,
  seriesLeft,
  workshopCancelled,
  workshopChanged,
} from '../../workshops/workshops.events.js';
import type { WorkshopFacts } from '../../workshops/workshop-facts.js';
import { type ActNews, WorkshopsReader } from '../../workshops/workshops.reader.js';
import type { NoticeParams } from '../inbox/notification.schema.js';
import { type Notice, Notifier } from '../notifier.js';
import { LOOK_EVERY_MS, UntoldLooks } from '../untold-looks.js';

/** What one person did with several dates. */
type Places = { what: 'places'; userId: string; actId: string };
/** There are people who may want to join what was added. */
type Grown = { what: 'grown'; seriesId: string };
type SeriesNotice = SeriesAct | Places | Grown;

const seriesNotice = defineQueue<SeriesNotice>('series-notice');

/** A person and why they hear of some dates. */
interface Told {
  userId: string;
  why: 'registered' | 'host' | 'waitlisted';
  dates: WorkshopFacts[];
}

/** Tells people of several dates of a series at once: one notice for each act, however many dates they are on. */
@Injectable()
export class SeriesNotices implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly intervals: Intervals,
    private readonly looks: UntoldLooks,
    private readonly workshops: WorkshopsReader,
    private readonly news: SeriesNews,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.intervals.every(LOOK_EVERY_MS, 'series that have more dates', () => this.tellUntold());
    this.bus.on(workshopChanged, ({ act, changed }) =>
      act && (changed.includes('time') || changed.includes('place')) ? this.enqueue(act) : undefined,
    );
    this.bus.on(workshopCancelled, ({ act }) => (act ? this.enqueue(act) : undefined));
    for (const kind of [seriesJoined, seriesLeft]) {
      this.bus.on(kind, ({ userId, actId }) => this.queues.add(seriesNotice, { what: 'places', userId, actId }));
    }
    this.bus.on(seriesLengthened, ({ seriesId }) => this.queues.add(seriesNotice, { what: 'grown', seriesId }));
    this.queues.process(seriesNotice, (notice) => {
      if (!('what' in notice)) return this.tellAct(notice);
      return notice.what === 'grown' ? this.tellGrown(notice.seriesId) : this.tellPlaces(notice);
    });
  }

  /**
   * Tells all who go to, wait for or host dates that one act moved or cancelled, each once: the key is the act's. A date that was changed
   * by itself since is told of by itself. Safe to ask again.
   */
  async tellAct({ seriesId, actId }: SeriesAct): Promise<void> {
    const dates = await this.workshops.ofAct(seriesId, actId);
    const changed = dates.filter((date) => date.status === 'cancelled' || hasMoved(date));
    const people = await this.peopleOf(changed);
    const isCancelled = changed.some(({ status }) => status === 'cancelled');
    for (const group of alike(people)) {
      await this.notifier.notify({
        ...noticeOf(group.dates, { status: group.why === 'waitlisted' ? group.why : null }),
        userIds: group.userIds,
        kind: isCancelled ? 'workshop.cancelled' : 'workshop.moved',
        why: group.why,
        key: `series-${isCancelled ? 'cancelled' : 'moved'}-${actId}`,
      });
    }
  }

  /**
   * Tells one person which dates they joined or left at once: those of which they have not heard yet. What became of one since is told by
   * itself. Told twice, be it in one instant, they hear of it once: the key is the act's. With `before` an act that still went on then is left
   * to the next look, since nobody would tell the rest of it.
   */
  async tellPlaces({ userId, actId }: Pick<Places, 'userId' | 'actId'>, before?: Date): Promise<void> {
    const news = await this.workshops.newsOfAct(userId, actId);
    if (before && [...news.values()].some(({ at }) => at >= before)) return;
    const dates = await this.workshops.byIds([...news.keys()]);
    const mine = dates.filter(({ status }) => status === 'published').sort(byStart);
    if (mine.length > 0) await this.notifier.notify({ ...placesNotice(mine, news, actId), userIds: [userId] });
    await this.workshops.toldOf(userId, news);
  }

  /** Tells everybody who has not heard that a series has more dates; told twice, they hear of it once. */
  async tellUntold(): Promise<void> {
    await this.looks.look(
      (_, before, limit) => this.news.waitingSince(before, limit),
      (seriesId) => this.tellGrown(seriesId),
    );
  }

  /** Tells people who stand on some dates of a series that there are more, which they may join. */
  async tellGrown(seriesId: string): Promise<void> {
    for (const grown of await this.news.ofSeries(seriesId)) {
      const dates = (await this.workshops.byIds(grown.workshopIds))
        .filter(({ status }) => status === 'published')
        .sort(byStart);
      if (dates.length > 0) {
        await this.notifier.notify({
          ...noticeOf(dates, { count: dates.length }),
          userIds: grown.userIds,
          kind: 'workshop.added',
          why: 'registered',
          key: `series-grown-${grown.actId}`,
        });
      }
      await this.news.told(seriesId, grown);
    }
  }

  /** Of an act there is one job while it waits, whichever of its dates tells of it first. */
  private async enqueue(act: SeriesAct): Promise<void> {
    await this.queues.add(seriesNotice, act, { jobId: `series-${act.actId}` });
  }

  private async peopleOf(dates: readonly WorkshopFacts[]): Promise<Told[]> {
    if (dates.length === 0) return [];
    const { going, waiting } = await this.workshops.peopleOf(dates.map(({ id }) => id));
    const told = new Map<string, Told>();
    for (const date of dates) {
      for (const [why, userIds] of [
        ['registered', going.get(date.id) ?? []],
        ['host', date.hosts],
        ['waitlisted', waiting.get(date.id) ?? []],
      ] as const) {
        for (const userId of userIds) {
          const one = told.get(userId) ?? { userId, why, dates: [] };
          if (one.why === 'waitlisted') one.why = why;
          if (!one.dates.includes(date)) one.dates.push(date);
          told.set(userId, one);
        }
      }
    }
    return [...told.values()];
  }
}

/** Whether others saw it at another time or place than it has. As a draft it moved for nobody. */
export const hasMoved = ({ status, revision, publishedRevision }: WorkshopFacts): boolean =>
  status === 'published' && revision > publishedRevision;

const byStart = (one: WorkshopFacts, other: WorkshopFacts) => one.startsAt.getTime() - other.startsAt.getTime();

/** People who hear of the same dates for the same reason are told together. */
function alike(people: readonly Told[]): { why: Told['why']; dates: WorkshopFacts[]; userIds: string[] }[] {
  const groups = new Map<string, { why: Told['why']; dates: WorkshopFacts[]; userIds: string[] }>();
  for (const { userId, why, dates } of people) {
    const key = [why, ...dates.map(({ id }) => id)].join(' ');
    const group = groups.get(key) ?? { why, dates, userIds: [] };
    group.userIds.push(userId);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What somebody hears of dates that they joined or left at once. */
function placesNotice(dates: readonly WorkshopFacts[], news: ActNews, actId: string): Omit<Notice, 'userIds'> {
  const have = (what: PlaceNews) => dates.filter(({ id }) => news.get(id)?.what === what).length;
  if (have('left') > 0) {
    const words = { kind: 'workshop.left', why: 'left', key: `series-left-${actId}` } as const;
    return { ...noticeOf(dates, { status: 'left' }), ...words };
  }
  const waiting = have('waitlisted');
  const status = waiting === dates.length ? 'waitlisted' : 'registered';
  const grown = String([...news.values()].some((one) => one.grown));
  return {
    ...noticeOf(dates, { waiting, status, grown }),
    ...{ kind: 'workshop.registered', why: status, key: `series-joined-${actId}` },
  };
}

/**
 * One date is told as any workshop is; several by their first, their number, and all their ids and times (`spans`: `start/end`), with a
 * space between two.
 */
function noticeOf(dates: readonly WorkshopFacts[], more: NoticeParams): Pick<Notice, 'params' | 'link' | 'cohortId'> {
  const [first] = dates;
  if (!first) throw new Error('a notice is about a date');
  const params: NoticeParams = {
    title: first.title,
    ...keptForLetter(first),
    reason: first.cancelReason ?? 'none',
    ...more,
  };
  const several = dates.length > 1;
  return {
    cohortId: first.cohortId,
    link: `/c/${first.cohortId}/workshops/${first.id}`,
    params: several
      ? {
          ...params,
          several: 'true',
          count: dates.length,
          workshopIds: dates.map(({ id }) => id).join(' '),
          spans: dates.map((date) => `${date.startsAt.toISOString()}/${date.endsAt.toISOString()}`).join(' '),
        }
      : { ...params, workshopId: first.id },
  };
}
