import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { People } from '../auth/people.js';
import { UsersRepository } from '../auth/users.repository.js';
import type { IcsEntry } from '../calendar/ics.js';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { Members } from '../cohorts/members.service.js';
import { Milestones } from '../cohorts/milestones.service.js';
import { dayOf } from '../common/zoned.js';
import { CONFIG, type Config } from '../config/config.js';
import type { Role } from '../contracts/roles.js';
import { toIds } from '../infra/mongo/ids.js';
import { SessionsReader } from '../mentoring/sessions.reader.js';
import { WorkshopStamps } from '../workshops/workshop-stamps.js';
import { type FeedReader, toIcs } from './agenda-entry.js';
import { AgendaService, type Span } from './agenda.service.js';
import type { CalendarFeedRow } from './calendar-feed.schema.js';

/** Part of every stamp: to be raised when entries are written another way, so that programs ask for them anew. */
const EDITION = 1;

/** Who asks for a feed, as they are now: where they belong, and which cohort's feed it is (null: their own agenda). */
export interface FeedAsker {
  reader: FeedReader;
  belongings: { cohortId: string; role: Role; name: string; color: string; timeZone: string }[];
  cohort: FeedAsker['belongings'][number] | null;
  tag: string | null;
}

/** What is in a feed, and a stamp that is the same as long as that is. */
@Injectable()
export class FeedContents {
  constructor(
    private readonly agenda: AgendaService,
    private readonly workshops: WorkshopStamps,
    private readonly sessions: SessionsReader,
    private readonly milestones: Milestones,
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly users: UsersRepository,
    private readonly people: People,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Asked at each reading. Null when the account is gone, or when they are no member of the feed's cohort any more. */
  async askerOf({ userId, cohortId, tag }: CalendarFeedRow): Promise<FeedAsker | null> {
    const [person, memberships] = await Promise.all([
      this.users.profile(userId),
      this.members.ofPerson(String(userId)),
    ]);
    if (!person) return null;
    const cohorts = await this.cohorts.byIds(toIds(memberships.map((one) => one.cohortId)));
    const roles = new Map(memberships.map((one) => [one.cohortId, one.role]));
    const belongings = cohorts.flatMap(({ _id, name, color, timeZone }) => {
      const role = roles.get(String(_id));
      return role ? [{ cohortId: String(_id), role, name, color, timeZone }] : [];
    });
    const cohort = belongings.find((one) => one.cohortId === String(cohortId)) ?? null;
    if (cohortId && !cohort) return null;
    const reader = { id: String(userId), locale: person.locale, timeZone: person.timeZone };
    return { reader, belongings, cohort, tag: tag ?? null };
  }

  /** The entries of a feed for its reader. */
  async entriesOf({ reader, cohort, tag }: FeedAsker, span: Span): Promise<IcsEntry[]> {
    const entries = cohort
      ? await this.agenda.sharedIn({ ...cohort, userId: reader.id }, span, tag)
      : await this.agenda.entriesOf(reader.id, span);
    // Only sessions are named after their people.
    const met = entries.filter((entry) => entry.kind === 'session').flatMap((entry) => entry.peopleIds);
    const faces = await this.people.byId(met);
    return entries.map((entry) => toIcs(entry, reader, faces, this.config.PUBLIC_URL));
  }

  /**
   * A name for all that {@link entriesOf} is made of, from revisions and versions alone: some small indexed reads, whatever the number of
   * entries, and nothing is written out.
   */
  async stampOf(asker: FeedAsker, span: Span): Promise<string> {
    const { reader, belongings, cohort, tag } = asker;
    const days = [dayOf(span.from, 'UTC'), dayOf(span.to, 'UTC')] as const;
    const parts = cohort
      ? await Promise.all([
          this.workshops.inCohort(cohort.cohortId, reader.id, span.from, span.to, tag),
          tag === null ? this.milestones.between([cohort.cohortId], ...days) : [],
        ])
      : await Promise.all([
          this.workshops.ofPerson(reader.id, span.from, span.to),
          this.milestones.between(
            belongings.map((one) => one.cohortId),
            ...days,
          ),
          this.sessionsOf(reader.id, span),
        ]);
    const all = JSON.stringify([EDITION, this.config.PUBLIC_URL, span, asker, parts]);
    return createHash('sha256').update(all).digest('base64url').slice(0, 27);
  }

  /** Sessions, and what the others in them are called. */
  private async sessionsOf(userId: string, { from, to }: Span) {
    const sessions = await this.sessions.stampsOfPerson(userId, from, to);
    const names = await this.people.byId(sessions.flatMap((session) => session.people));
    return [sessions, [...names.values()].map((one) => one.name)];
  }
}
