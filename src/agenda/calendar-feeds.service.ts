import { Inject, Injectable } from '@nestjs/common';
import { calendarOf } from '../calendar/ics.js';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { Members } from '../cohorts/members/members.service.js';
import { Clock, DAY, HOUR } from '../common/times/clock.js';
import { invalidField, notFound } from '../common/problem.js';
import { hashOf, newSecret } from '../common/secrets.js';
import { CONFIG, type Config } from '../config/config.js';
import type {
  CalendarFeed,
  CalendarFeedState,
  MadeCalendarFeed,
  MakeCalendarFeed,
  MyCalendarFeed,
} from '../contracts/calendar.js';
import { isSeen, isUnmodified } from '../infra/http/conditional.js';
import { networkCounts } from '../infra/http/network.js';
import { idOf, toId, toIds } from '../infra/mongo/ids.js';
import { RateLimits } from '../infra/redis/rate-limits.js';
import { WorkshopsReader } from '../workshops/workshops.reader.js';
import type { Span } from './agenda.service.js';
import type { CalendarFeedRow } from './calendar-feed.schema.js';
import { CalendarFeedsRepository, type FeedScope } from './calendar-feeds.repository.js';
import { colorOf } from './feed-colors.js';
import { FeedContents } from './feed-contents.js';
import { type FeedAsker, type FeedRead, FeedReads } from './feed-reads.js';

const DAYS_BACK = 90;
const DAYS_AHEAD = 400;
const READING = { name: 'calendar-feed', points: 60, seconds: 3600 };
const ASK_AGAIN_SECONDS = 3600;

/** What a program says that it has. */
export interface Seen {
  ifNoneMatch?: string | undefined;
  ifModifiedSince?: string | undefined;
}

/** A feed as it is handed out; `body` is null for who has it already (304). */
export interface FeedAnswer {
  etag: string;
  modifiedAt: Date | null;
  body: string | null;
}

/** What a person has to do, or what their cohort plans, for their own calendar program, behind addresses that only they know. */
@Injectable()
export class CalendarFeedsService {
  constructor(
    private readonly feeds: CalendarFeedsRepository,
    private readonly looks: FeedReads,
    private readonly contents: FeedContents,
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly workshops: WorkshopsReader,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** All my feeds: my own agenda's first, then by cohort and tag. */
  async mine(userId: string): Promise<MyCalendarFeed[]> {
    const [rows, names] = await Promise.all([this.feeds.ofPerson(idOf(userId)), this.cohortNames(userId)]);
    return rows
      .map((row) => toMine(row, names))
      .sort(
        (a, b) =>
          Number(b.cohortId === null) - Number(a.cohortId === null) ||
          (a.cohortName ?? '\uffff').localeCompare(b.cohortName ?? '\uffff') ||
          (a.tag ?? '').localeCompare(b.tag ?? ''),
      );
  }

  /**
   * A feed with a new address, told this once; the one before is nowhere from now on. Throws 404 for a cohort that one is no member of,
   * 422 `/tag` `unknown_tag` for one that none of its workshops has.
   */
  async make(userId: string, { cohortId, tag }: MakeCalendarFeed): Promise<MadeCalendarFeed> {
    const cohort = cohortId === null ? null : toId(cohortId);
    if (cohortId !== null && !(cohort && (await this.members.find(cohortId, userId)))) throw notFound();
    if (cohort && tag !== null && !(await this.workshops.tagsIn(String(cohort))).some((one) => one.tag === tag))
      throw invalidField('/tag', 'unknown_tag');
    const scope = { userId: idOf(userId), cohortId: cohort, tag };
    const url = await this.renewed(scope);
    const [row, names] = await Promise.all([this.feeds.find(scope), this.cohortNames(userId)]);
    if (!row) throw notFound();
    return { ...toMine(row, names), url };
  }

  /** Ends one of my feeds. Throws 404 for one that is not mine. */
  async end(userId: string, feedId: string): Promise<void> {
    const id = toId(feedId);
    if (!id || !(await this.feeds.remove(idOf(userId), id))) throw notFound();
  }

  /** Whether there is a feed of my own agenda. */
  async state(userId: string): Promise<CalendarFeedState> {
    const feed = await this.feeds.find(ownAgenda(userId));
    return {
      active: feed !== null,
      createdAt: feed?.createdAt.toISOString() ?? null,
      lastReadAt: feed?.lastReadAt?.toISOString() ?? null,
    };
  }

  /** {@link make} for my own agenda. */
  async renew(userId: string): Promise<CalendarFeed> {
    return { url: await this.renewed(ownAgenda(userId)) };
  }

  /** Ends the feed of my own agenda, if there is one. */
  async revoke(userId: string): Promise<void> {
    await this.feeds.removeOf(ownAgenda(userId));
  }

  /**
   * The feed as iCalendar: 90 days back, 400 ahead. Throws 404 for an unknown or revoked secret and for who may not see it any more, 429 before anything is
   * looked at. `network`: whence it is asked, since an address that got about must not keep its owner from it.
   */
  async read(secret: string, seen: Seen, network: string): Promise<FeedAnswer> {
    const feed = await this.feeds.bySecret(hashOf(secret));
    if (!feed) throw notFound();
    const counts = networkCounts(READING, network);
    await this.limits.takeAll(counts.map(([limit, place]) => [limit, `${String(feed._id)} ${place}`]));
    const now = this.clock.now();
    const span = spanAt(now);
    const look = await this.looks.of(feed, span);
    if (!look) throw notFound();
    const hourAgo = new Date(now.getTime() - HOUR);
    if (!feed.lastReadAt || feed.lastReadAt < hourAgo) await this.feeds.touch(feed._id, now, hourAgo);
    const stamp = this.contents.stampOf(look, span);
    const modifiedAt = await this.modifiedAt(feed, stamp, now);
    const etag = `"${stamp}"`;
    const has = seen.ifNoneMatch ? isSeen(seen.ifNoneMatch, etag) : isUnmodified(seen.ifModifiedSince, modifiedAt);
    return { etag, modifiedAt, body: has ? null : await this.write(look, span) };
  }

  private async write(look: FeedRead, span: Span): Promise<string> {
    const { asker } = look;
    return calendarOf(await this.contents.entriesOf(look, span), {
      method: 'PUBLISH',
      name: nameOf(asker),
      ttlSeconds: ASK_AGAIN_SECONDS,
      ...(asker.cohort && { color: colorOf(asker.cohort.color) }),
    });
  }

  /**
   * When the feed became what it is: a whole second later than what was handed out before, since programs compare seconds. Null when two
   * readers met a change at once and the other wrote it down: this answer then has no date.
   */
  private async modifiedAt(feed: CalendarFeedRow, stamp: string, now: Date): Promise<Date | null> {
    if (feed.stamp === stamp && feed.modifiedAt) return feed.modifiedAt;
    const at = new Date(Math.max(wholeSecond(now), feed.modifiedAt ? wholeSecond(feed.modifiedAt) + 1000 : 0));
    return (await this.feeds.changed(feed, stamp, at)) ? at : null;
  }

  private async renewed(scope: FeedScope): Promise<string> {
    const secret = newSecret();
    await this.feeds.replace(scope, hashOf(secret), this.clock.now());
    return new URL(`/calendar/${secret}.ics`, this.config.PUBLIC_URL).href;
  }

  private async cohortNames(userId: string): Promise<Map<string, string>> {
    const memberships = await this.members.ofPerson(userId);
    const cohorts = await this.cohorts.byIds(toIds(memberships.map((one) => one.cohortId)));
    return new Map(cohorts.map((cohort) => [String(cohort._id), cohort.name]));
  }
}

const ownAgenda = (userId: string): FeedScope => ({ userId: idOf(userId), cohortId: null, tag: null });

const wholeSecond = (instant: Date) => Math.floor(instant.getTime() / 1000) * 1000;

/** Whole days of UTC, so that time alone changes a feed once a day and not with every look. */
function spanAt(now: Date): Span {
  const midnight = Math.floor(now.getTime() / DAY) * DAY;
  return { from: new Date(midnight - DAYS_BACK * DAY), to: new Date(midnight + DAYS_AHEAD * DAY) };
}

function nameOf({ cohort, tag }: FeedAsker): string {
  if (!cohort) return 'Cordée';
  return tag === null ? cohort.name : `${cohort.name} · ${tag}`;
}

function toMine(row: CalendarFeedRow, cohortNames: ReadonlyMap<string, string>): MyCalendarFeed {
  return {
    id: String(row._id),
    cohortId: row.cohortId ? String(row.cohortId) : null,
    cohortName: cohortNames.get(String(row.cohortId)) ?? null,
    tag: row.tag ?? null,
    createdAt: row.createdAt.toISOString(),
    lastReadAt: row.lastReadAt?.toISOString() ?? null,
  };
}
