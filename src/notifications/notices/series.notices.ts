import { Injectable, type OnModuleInit } from '@nestjs/common';
import { tryEach } from '../../common/try-each.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { keptForLetter } from '../../workshops/letter-facts.js';
import type { PlaceNews } from '../../workshops/registrations/place-news.js';
import { PlaceNewsReader } from '../../workshops/registrations/place-news.reader.js';
import {
  type SeriesAct,
  type SeriesAsked,
  seriesLengthened,
  seriesJoined,
  seriesLeft,
} from '../../workshops/workshops.events.js';
import type { WorkshopFacts } from '../../workshops/workshop-facts.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import type { NoticeParams } from '../inbox/notification.schema.js';
import { type Notice, Notifier } from '../notifier.js';
import { together } from './together.js';

/** A person and why they hear of some dates. */
interface Told {
  userId: string;
  why: 'registered' | 'host' | 'waitlisted';
  dates: WorkshopFacts[];
}

/** Who may want to join what was added. */
type Grown = NonNullable<typeof seriesLengthened.payload>;

/** Tells people of several dates of a series at once: one notice for each act, however many dates they are on. */
@Injectable()
export class SeriesNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly workshops: WorkshopsReader,
    private readonly places: PlaceNewsReader,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    for (const kind of [seriesJoined, seriesLeft])
      this.outbox.on(kind, 'series notices', (asked) => this.tellPlaces(asked));
    this.outbox.on(seriesLengthened, 'series notices', (grown) => this.tellGrown(grown));
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
        ...noticeOf(group.dates, {
          status: group.why === 'waitlisted' ? group.why : null,
          revisions: group.dates.map(({ revision }) => revision).join(' '),
        }),
        ...(!isCancelled && { notBefore: lastOf(group.dates) }),
        userIds: group.userIds,
        kind: isCancelled ? 'workshop.cancelled' : 'workshop.moved',
        why: group.why,
        key: `series-${isCancelled ? 'cancelled' : 'moved'}-${actId}`,
      });
    }
  }

  /**
   * Tells people which dates one act had them join or leave, each once: the key is the act's. What became of one since is told by itself. Who hears the same is told
   * together.
   */
  async tellPlaces(asked: SeriesAsked): Promise<void> {
    const places = await this.places.ofAct(asked);
    const ids = [...new Set([...places.values()].flatMap((mine) => [...mine.keys()]))];
    const dates = (await this.workshops.byIds(ids)).filter(({ status }) => status === 'published').sort(byStart);
    const notices = [...places].flatMap(([userId, mine]) => {
      const theirs = dates.filter(({ id }) => mine.has(id));
      return theirs.length > 0 ? [{ ...placesNotice(theirs, mine, asked), userIds: [userId] }] : [];
    });
    await tryEach(together(notices), (notice) => this.notifier.notify(notice));
  }

  /** Tells people who stand on some dates of a series that there are more, which they may join. */
  private async tellGrown({ actId, userIds, workshopIds }: Grown): Promise<void> {
    const dates = (await this.workshops.byIds(workshopIds))
      .filter(({ status }) => status === 'published')
      .sort(byStart);
    if (dates.length === 0) return;
    await this.notifier.notify({
      ...noticeOf(dates, { count: dates.length }),
      userIds,
      kind: 'workshop.added',
      why: 'registered',
      key: `series-grown-${actId}`,
    });
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

/** The last instant at which the letters of one of them leave. */
const lastOf = (dates: readonly WorkshopFacts[]): Date =>
  new Date(Math.max(0, ...dates.map(({ moveToldAt }) => moveToldAt?.getTime() ?? 0)));

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
function placesNotice(
  dates: readonly WorkshopFacts[],
  places: ReadonlyMap<string, PlaceNews>,
  { actId, grown }: SeriesAsked,
): Omit<Notice, 'userIds'> {
  const have = (what: PlaceNews) => dates.filter(({ id }) => places.get(id) === what).length;
  if (have('left') > 0) {
    const words = { kind: 'workshop.left', why: 'left', key: `series-left-${actId}` } as const;
    return { ...noticeOf(dates, { status: 'left' }), ...words };
  }
  const waiting = have('waitlisted');
  const status = waiting === dates.length ? 'waitlisted' : 'registered';
  return {
    ...noticeOf(dates, { waiting, status, grown: String(grown ?? false) }),
    ...{ kind: 'workshop.registered', why: status, key: `series-joined-${actId}` },
  };
}

/**
 * One date is told as any workshop is; several by their first, their number, and all their ids and times (`spans`: `start/end`), with a
 * space between two.
 */
export function noticeOf(
  dates: readonly WorkshopFacts[],
  more: NoticeParams,
): Pick<Notice, 'params' | 'link' | 'cohortId'> {
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
