import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { People } from '../auth/people.js';
import type { WrittenEntry } from '../calendar/ics.js';
import type { MilestoneDay } from '../cohorts/timeline/milestones.service.js';
import { CONFIG, type Config } from '../config/config.js';
import type { Person } from '../contracts/primitives.js';
import { SessionsReader } from '../mentoring/sessions/sessions.reader.js';
import type { VersionedWorkshop } from '../workshops/workshop-versions.js';
import { WorkshopsReader } from '../workshops/workshops.reader.js';
import {
  type AgendaEntry,
  inTimeOrder,
  milestoneEntry,
  sessionEntry,
  standing,
  toIcs,
  workshopEntry,
} from './agenda-entry.js';
import type { Span } from './agenda.service.js';
import { FeedLines } from './feed-lines.js';
import type { FeedAsker, FeedRead } from './feed-reads.js';

/** Part of every stamp: to be raised when entries are written another way, so that programs ask for them anew. */
const EDITION = 2;

type Line = Pick<AgendaEntry, 'kind' | 'id' | 'startsAt'> & { written: WrittenEntry };

/** Writes out what is in a feed; of its workshops only those are read that are not at hand as they are now. */
@Injectable()
export class FeedContents {
  constructor(
    private readonly workshops: WorkshopsReader,
    private readonly sessions: SessionsReader,
    private readonly people: People,
    private readonly lines: FeedLines,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The same as long as all that the feed is made of is. */
  stampOf({ parts, asker }: FeedRead, span: Span): string {
    const hash = createHash('sha256');
    hash.update(JSON.stringify([EDITION, this.config.PUBLIC_URL, span, asker.tag]));
    for (const part of parts) part.addTo(hash);
    return hash.digest('base64url').slice(0, 27);
  }

  /** Its entries, in time order. */
  async entriesOf(look: FeedRead, span: Span): Promise<WrittenEntry[]> {
    const { asker } = look;
    const all = await Promise.all([
      this.workshopLines(look),
      this.linesOf(milestoneEntries(look.days(), asker, span), asker),
      asker.cohort ? [] : this.sessionLines(asker, span),
    ]);
    return inTimeOrder<Line>(all.flat()).map((line) => line.written);
  }

  private async workshopLines(look: FeedRead): Promise<Line[]> {
    const { asker } = look;
    const cohortIds = new Set(asker.belongings.map((one) => one.cohortId));
    // What is left of a cohort that one has left is nobody's to see any more.
    const stamped = (await look.workshops())
      .filter((one) => cohortIds.has(one.cohortId))
      .map((one) => ({ ...one, name: nameOf(one, asker) }));
    const found = new Map<string, WrittenEntry>();
    const missing: typeof stamped = [];
    for (const one of stamped) {
      const written = this.lines.find(one.name);
      if (written) found.set(one.id, written);
      else missing.push(one);
    }
    const facts = missing.length > 0 ? await this.workshops.byIds(missing.map((one) => one.id)) : [];
    const byId = new Map(facts.map((one) => [one.id, one]));
    for (const { id, name, as } of missing) {
      const workshop = byId.get(id);
      if (!workshop || workshop.status === 'draft') continue;
      const entry = workshopEntry(workshop, as, { readsLink: readsLinks(asker) });
      found.set(id, await this.lines.write(name, toIcs(entry, asker.reader, NOBODY, this.config.PUBLIC_URL)));
    }
    return stamped.flatMap(({ id, startsAt }) => {
      const written = found.get(id);
      return written ? [{ kind: 'workshop' as const, id, startsAt, written }] : [];
    });
  }

  private async sessionLines(asker: FeedAsker, { from, to }: Span): Promise<Line[]> {
    const { reader, belongings } = asker;
    const zones = new Map(belongings.map((one) => [one.cohortId, one.timeZone]));
    const sessions = await this.sessions.ofPerson(reader.id, from, to);
    const entries = sessions.flatMap((session) => {
      const timeZone = zones.get(session.cohortId);
      return timeZone === undefined ? [] : [sessionEntry(session, reader.id, timeZone)];
    });
    return await this.linesOf(entries, asker);
  }

  private async linesOf(entries: readonly AgendaEntry[], { reader }: FeedAsker): Promise<Line[]> {
    const faces = await this.people.byId(entries.flatMap((entry) => entry.peopleIds));
    const lines: Line[] = [];
    for (const entry of entries) {
      const written = await this.lines.of(toIcs(entry, reader, faces, this.config.PUBLIC_URL));
      lines.push({ kind: entry.kind, id: entry.id, startsAt: entry.startsAt, written });
    }
    return lines;
  }
}

function milestoneEntries(days: readonly MilestoneDay[], { belongings }: FeedAsker, { from, to }: Span): AgendaEntry[] {
  const zones = new Map(belongings.map((one) => [one.cohortId, one.timeZone]));
  return days
    .map((day) => milestoneEntry(day, zones.get(day.cohortId) ?? 'UTC'))
    .filter((entry) => entry.endsAt > from && entry.startsAt < to);
}

/** Workshops and milestones name nobody. */
const NOBODY: ReadonlyMap<string, Person> = new Map();
/** Staff may read the link of a meeting to which they do not go. In one's own agenda stands only what one goes to. */
const readsLinks = ({ cohort }: FeedAsker) => cohort?.role === 'staff';

/** All that the lines of a workshop depend on: what it is, how it stands to the reader, and their language. */
const nameOf = ({ stamp, as }: VersionedWorkshop, asker: FeedAsker) =>
  `${stamp} ${standing(as)} ${readsLinks(asker)} ${asker.reader.locale}`;
