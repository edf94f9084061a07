import { Injectable } from '@nestjs/common';
import type { UserRow } from '../auth/user.schema.js';
import { UsersRepository } from '../auth/users.repository.js';
import { type CohortLabel, CohortsRepository } from '../cohorts/cohorts.repository.js';
import { Members } from '../cohorts/members/members.service.js';
import { type MilestoneDay, Milestones, dayOf as dayOfRow } from '../cohorts/timeline/milestones.service.js';
import { DAY } from '../common/times/clock.js';
import { dayOf } from '../common/times/zoned.js';
import type { Role } from '../contracts/roles.js';
import { AskedTogether } from '../infra/mongo/asked-together.js';
import type { RawRows } from '../infra/mongo/raw-rows.js';
import { SessionsReader } from '../mentoring/sessions/sessions.reader.js';
import { type VersionedWorkshop, WorkshopVersions, versionedOf } from '../workshops/workshop-versions.js';
import type { FeedReader } from './agenda-entry.js';
import type { Span } from './agenda.service.js';
import type { CalendarFeedRow } from './calendar-feed.schema.js';

/** Where somebody belongs. */
export interface Belonging {
  cohortId: string;
  role: Role;
  name: string;
  color: string;
  timeZone: string;
}

/**
 * Who asks for a feed, as they are now: which cohort's feed it is (null: their own agenda), and the cohorts that are in it where they
 * belong.
 */
export interface FeedAsker {
  reader: FeedReader;
  belongings: Belonging[];
  cohort: Belonging | null;
  tag: string | null;
}

/** What a feed is made of now. */
export interface FeedRead {
  asker: FeedAsker;
  /** All that tells whether it is as it was. */
  parts: readonly RawRows<unknown>[];
  /** Its workshops, and how the reader stands to each: only where it is written out. */
  workshops: () => Promise<VersionedWorkshop[]>;
  /** Its milestones, in a day more than the span at both ends: a day of any zone lies within a day of UTC's. */
  days: () => MilestoneDay[];
}

/**
 * Looks at what a feed is made of, and whether who holds its address may still read it. Nothing is remembered of either: each reading asks
 * anew, by one command for a cohort's feed and by two for one's own agenda.
 */
@Injectable()
export class FeedReads {
  constructor(
    private readonly together: AskedTogether,
    private readonly stamps: WorkshopVersions,
    private readonly sessions: SessionsReader,
    private readonly milestones: Milestones,
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly users: UsersRepository,
  ) {}

  /** Null when the account is gone or was given back since to its owner, or when they are no member of the feed's cohort any more. */
  async of(feed: CalendarFeedRow, span: Span): Promise<FeedRead | null> {
    return feed.cohortId ? await this.ofCohort(feed, feed.cohortId, span) : await this.ofAgenda(feed, span);
  }

  private async ofCohort(
    { userId, tag = null, createdAt }: CalendarFeedRow,
    cohortId: NonNullable<CalendarFeedRow['cohortId']>,
    span: Span,
  ): Promise<FeedRead | null> {
    const [me, there] = [String(userId), String(cohortId)];
    const parts = await this.together.all(
      this.users.readerAsk(userId, createdAt),
      this.members.belongingsAsk(me, there),
      this.cohorts.labelsAsk([cohortId]),
      // A feed of a tag has no milestones.
      this.daysAsk(tag === null ? [there] : [], span),
      this.stamps.inCohort(there, span.from, span.to, tag ?? null),
    );
    const [[person], memberships, labels, days, workshops] = [parts[0].rows, parts[1], parts[2], parts[3], parts[4]];
    const belongings = belongingsOf(memberships.rows, labels.rows);
    const [cohort] = belongings;
    if (!person || !cohort) return null;
    return {
      asker: { reader: readerOf(person), belongings, cohort, tag: tag ?? null },
      parts,
      workshops: async () => {
        const [places] = await this.together.all(this.stamps.places(me));
        return versionedOf(workshops.rows, places.rows, me);
      },
      days: () => days.rows.map(dayOfRow),
    };
  }

  private async ofAgenda({ userId, createdAt }: CalendarFeedRow, span: Span): Promise<FeedRead | null> {
    const me = String(userId);
    const first = await this.together.all(
      this.users.readerAsk(userId, createdAt),
      this.members.belongingsAsk(me, null),
      this.stamps.places(me),
      this.stamps.hostedBy(me, span.from, span.to),
      this.sessions.stampsAsk(me, span.from, span.to),
    );
    const [[person], memberships, places] = [first[0].rows, first[1], first[2]];
    if (!person) return null;
    const cohortIds = memberships.rows.map((one) => one.cohortId);
    const theirs = new Set(cohortIds.map(String));
    // What becomes of a cohort that they have left must not be told either, not even that something did.
    const isTheirs = (row: { cohortId: unknown }) => theirs.has(String(row.cohortId));
    const [hosted, sessions] = [first[3].among(isTheirs), first[4].among(isTheirs)];
    const then = await this.together.all(
      this.cohorts.labelsAsk(cohortIds),
      this.daysAsk(cohortIds.map(String), span),
      this.stamps.among(
        places.rows.map((one) => String(one.workshopId)),
        [...theirs],
        span.from,
        span.to,
      ),
      // Only sessions are named after their people.
      this.users.namesAsk(sessions.rows.flatMap((one) => one.people)),
    );
    const [labels, days, joined] = then;
    const belongings = belongingsOf(memberships.rows, labels.rows);
    const shown = new Set([...hosted.rows, ...joined.rows].map(({ _id }) => String(_id)));
    const standing = places.among(({ workshopId }) => shown.has(String(workshopId)));
    return {
      asker: { reader: readerOf(person), belongings, cohort: null, tag: null },
      parts: [first[0], memberships, standing, hosted, sessions, ...then],
      workshops: () =>
        Promise.resolve(versionedOf([...hosted.rows, ...joined.rows], places.rows, me).filter(({ as }) => as !== null)),
      days: () => days.rows.map(dayOfRow),
    };
  }

  private daysAsk(cohortIds: readonly string[], { from, to }: Span) {
    const [first, last] = [new Date(from.getTime() - DAY), new Date(to.getTime() + DAY)];
    return this.milestones.daysAsk(cohortIds, dayOf(first, 'UTC'), dayOf(last, 'UTC'));
  }
}

const readerOf = ({ _id, locale, timeZone }: Pick<UserRow, '_id' | 'locale' | 'timeZone'>): FeedReader => ({
  id: String(_id),
  locale,
  timeZone,
});

function belongingsOf(
  memberships: readonly { cohortId: CohortLabel['_id']; role: Role }[],
  labels: readonly CohortLabel[],
): Belonging[] {
  const roles = new Map(memberships.map((one) => [String(one.cohortId), one.role]));
  return labels.flatMap(({ _id, name, color, timeZone }) => {
    const role = roles.get(String(_id));
    return role ? [{ cohortId: String(_id), role, name, color, timeZone }] : [];
  });
}
