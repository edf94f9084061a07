import { Injectable } from '@nestjs/common';
import type { Hold } from '../calendar/calendar-entry.js';
import type { CohortActor } from '../common/actor.js';
import type { AttendanceMode, RegistrationStatus, Workshop } from '../contracts/workshops/workshops.js';
import { idOf, toId, toIds } from '../infra/mongo/ids.js';
import { EVER, placeWithin } from '../infra/mongo/time-place.js';
import { FeedbackRepository } from './feedback/feedback.repository.js';
import { type Comer, RegistrationsRepository, STANDING, WITH_PLACE } from './registrations/registrations.repository.js';
import { type WorkshopFacts, toFacts } from './workshop-facts.js';
import { isProposedByOther, maySee } from './workshops.policy.js';
import { WorkshopsRepository } from './workshops.repository.js';
import { WorkshopsView } from './workshops.view.js';

const NOT_MINE: ReadonlySet<RegistrationStatus> = new Set(['cancelled', 'excused']);

/** How one person has to do with a workshop; who hosts it is named so, whatever else. */
export interface WorkshopOfPerson {
  workshop: WorkshopFacts;
  as: Exclude<RegistrationStatus, 'cancelled'> | 'hosting';
  /** Null where the workshop offers one way only. */
  mode: AttendanceMode | null;
}

/** How somebody with this registration (or none) has to do with a workshop that they do not host; null: no more than all others. */
export const standingIn = (status: RegistrationStatus | undefined): WorkshopOfPerson['as'] | null =>
  status === undefined || NOT_MINE.has(status) ? null : (status as WorkshopOfPerson['as']);

function holdIn(status: RegistrationStatus | undefined): Hold {
  const as = standingIn(status);
  if (as === null) return 'open';
  return as === 'waitlisted' || as === 'offered' ? 'waiting' : 'sure';
}

/** What agenda, reminders, notifications, search and bridges ask about workshops. No rights are checked here: callers do. */
@Injectable()
export class WorkshopsReader {
  constructor(
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly view: WorkshopsView,
    private readonly feedback: FeedbackRepository,
  ) {}

  async byId(workshopId: string): Promise<WorkshopFacts | null> {
    const id = toId(workshopId);
    const row = id && (await this.workshops.byId(id));
    return row ? toFacts(row) : null;
  }

  async byIds(workshopIds: readonly string[]): Promise<WorkshopFacts[]> {
    return (await this.workshops.byIds(workshopIds.map(idOf))).map(toFacts);
  }

  /**
   * Published and cancelled workshops of some cohorts with words that begin so, in [from, before) and after the place of what was seen
   * (latest first, then by id). `words` are their folded words, `excerpt` the description in plain words.
   */
  async search(
    cohortIds: readonly string[],
    beginnings: readonly string[],
    only: { from: Date | null; before: Date | null; after: { at: number; id: string } | null },
    limit: number,
  ): Promise<(WorkshopFacts & { words: string[]; excerpt: string })[]> {
    const range = { from: only.from ?? new Date(0), after: placeWithin(only.after, only.before ?? EVER) };
    const rows = await this.workshops.search(toIds(cohortIds), beginnings, range, limit);
    return rows.map((row) => ({ ...toFacts(row), words: row.words, excerpt: row.excerpt }));
  }

  /** What lies ahead in a cohort and lost this host since an instant, by leaving it; drafts too, soonest first. `at`: when, of the latest. */
  async lostHost(
    cohortId: string,
    userId: string,
    since: Date,
    now: Date,
  ): Promise<{ workshops: WorkshopFacts[]; at: Date | null }> {
    const rows = await this.workshops.lostHost(idOf(cohortId), idOf(userId), since, now);
    const times = rows.flatMap(({ hostLeft }) => hostLeft?.at.getTime() ?? []);
    return { workshops: rows.map(toFacts), at: times.length > 0 ? new Date(Math.max(...times)) : null };
  }

  /** All dates of a series, in the order in which they were first planned. */
  async ofSeries(seriesId: string): Promise<WorkshopFacts[]> {
    return (await this.workshops.ofSeries(idOf(seriesId))).map(toFacts);
  }

  /** The dates of a series that are as one act on several of them left them, in their order. */
  async ofAct(seriesId: string, actId: string): Promise<WorkshopFacts[]> {
    return (await this.ofSeries(seriesId)).filter((one) => one.actId === actId);
  }

  /** Published workshops of all cohorts that start in [from, to), soonest first. */
  async startingBetween(from: Date, to: Date): Promise<WorkshopFacts[]> {
    return (await this.workshops.startingBetween(from, to)).map(toFacts);
  }

  /**
   * What one person goes to, waits for, went to or hosts (not what they are excused from) and that touches [from, to), in time order, over all cohorts. Cancelled
   * workshops are among them (look at `status`); drafts only for their hosts, and those that others propose not at all.
   */
  async ofPerson(userId: string, from: Date, to: Date): Promise<WorkshopOfPerson[]> {
    const person = toId(userId);
    if (!person) return [];
    const registrations = new Map(
      (await this.registrations.ofPerson(person, STANDING)).map((row) => [String(row.workshopId), row]),
    );
    const [hosted, joined] = await Promise.all([
      this.workshops.touching({ hosts: person }, from, to),
      this.workshops.touching({ _id: { $in: [...registrations.keys()].map(idOf) } }, from, to),
    ]);
    const own = hosted.filter((row) => !isProposedByOther(row, userId));
    const hosting = own.map((row): WorkshopOfPerson => ({ workshop: toFacts(row), as: 'hosting', mode: null }));
    const hostedIds = new Set(hosting.map((one) => one.workshop.id));
    const coming = joined.flatMap((row): WorkshopOfPerson[] => {
      const registration = registrations.get(String(row._id));
      if (!registration || hostedIds.has(String(row._id)) || NOT_MINE.has(registration.status)) return [];
      return [
        {
          workshop: toFacts(row),
          as: registration.status as WorkshopOfPerson['as'],
          mode: row.onlineCapacity === null ? null : registration.mode,
        },
      ];
    });
    return [...hosting, ...coming].sort((a, b) => a.workshop.startsAt.getTime() - b.workshop.startsAt.getTime());
  }

  /** A person's places in line (1 = next) among some workshops, by workshop; only of those where they wait. */
  async positionsOf(userId: string, workshopIds: readonly string[]): Promise<Map<string, number>> {
    if (workshopIds.length === 0) return new Map();
    return await this.view.positions(await this.registrations.mine(workshopIds.map(idOf), idOf(userId)));
  }

  /** How the time of a workshop is a person's: `sure` for who has a place or hosts it, `waiting` in line, `open` for all others. */
  async holdOf(workshop: Pick<WorkshopFacts, 'id' | 'hosts'>, userId: string): Promise<Hold> {
    return (await this.holdsOf([workshop], userId)).get(workshop.id) ?? 'open';
  }

  /** The same of several workshops, by their ids. One query. */
  async holdsOf(workshops: readonly Pick<WorkshopFacts, 'id' | 'hosts'>[], userId: string): Promise<Map<string, Hold>> {
    const ids = workshops.map(({ id }) => id);
    const standings = await this.standingOf(userId, ids);
    return new Map(workshops.map(({ id, hosts }) => [id, hosts.includes(userId) ? 'sure' : holdIn(standings.get(id))]));
  }

  /** Who has a place (or had one), in order. */
  async goingIds(workshopId: string): Promise<string[]> {
    return (await this.registrations.userIds(idOf(workshopId), WITH_PLACE)).map(String);
  }

  /** Who comes to each of some workshops, by the workshop's id: nobody who is excused. */
  async comingTo(workshopIds: readonly string[]): Promise<Map<string, Comer[]>> {
    return await this.registrations.comersOf(workshopIds.map(idOf));
  }

  /** Who was at each of some workshops and has not said how it was; `markedAt`: when the last of all was said to have been there. */
  async withoutFeedback(
    workshopIds: readonly string[],
  ): Promise<Map<string, { userIds: string[]; markedAt: Date | null }>> {
    const ids = workshopIds.map(idOf);
    const [attended, givers] = await Promise.all([this.registrations.attendedOf(ids), this.feedback.giversOf(ids)]);
    const silent = new Map(workshopIds.map((id) => [id, { userIds: [] as string[], markedAt: null as Date | null }]));
    for (const { workshopId, userId, changedAt } of attended) {
      const one = silent.get(String(workshopId));
      if (!one) continue;
      if (!one.markedAt || one.markedAt < changedAt) one.markedAt = changedAt;
      if (!givers.get(String(workshopId))?.has(String(userId))) one.userIds.push(String(userId));
    }
    return silent;
  }

  /** Who comes to a workshop or was there, each with which of both. */
  async standingsOf(workshopId: string): Promise<Map<string, RegistrationStatus>> {
    const id = idOf(workshopId);
    const [going, attended] = await Promise.all(
      (['going', 'attended'] as const).map((status) => this.registrations.userIds(id, [status])),
    );
    return new Map([
      ...(going ?? []).map((user) => [String(user), 'going'] as const),
      ...(attended ?? []).map((user) => [String(user), 'attended'] as const),
    ]);
  }

  /** Who goes to each of some workshops, or was excused from it: by the workshop's id. */
  async goingTo(workshopIds: readonly string[]): Promise<Map<string, string[]>> {
    return await this.registrations.userIdsOf(workshopIds.map(idOf), WITH_PLACE);
  }

  /** The same, and who waits or is offered a place there. */
  async peopleOf(
    workshopIds: readonly string[],
  ): Promise<{ going: Map<string, string[]>; waiting: Map<string, string[]> }> {
    const ids = workshopIds.map(idOf);
    const [going, waiting] = await Promise.all([
      this.goingTo(workshopIds),
      this.registrations.userIdsOf(ids, ['offered', 'waitlisted']),
    ]);
    return { going, waiting };
  }

  /** Where one person stands with each of some workshops, by the workshop's id; only where they do. */
  async standingOf(userId: string, workshopIds: readonly string[]): Promise<Map<string, RegistrationStatus>> {
    const rows = await this.registrations.mine(workshopIds.map(idOf), idOf(userId));
    return new Map(
      rows.filter(({ status }) => status !== 'cancelled').map((row) => [String(row.workshopId), row.status]),
    );
  }

  /** To how many workshops of a cohort that begin in [from, to) any of some people had a place and was not said to be absent. One query. */
  async wentTo(cohortId: string, userIds: readonly string[], from: Date, to: Date): Promise<number> {
    return (await this.registrations.placesBetween(idOf(cohortId), toIds(userIds), from, to)).length;
  }

  /** Who waits or has a place held for them, the next first. */
  async waitingIds(workshopId: string): Promise<string[]> {
    return (await this.registrations.userIds(idOf(workshopId), ['offered', 'waitlisted'])).map(String);
  }

  /** Published and cancelled workshops of a cohort that touch [from, to), in time order. */
  async inCohort(cohortId: string, from: Date, to: Date): Promise<WorkshopFacts[]> {
    const id = toId(cohortId);
    if (!id) return [];
    const rows = await this.workshops.touching({ cohortId: id }, from, to);
    return rows.filter((row) => row.status !== 'draft').map(toFacts);
  }

  /** The same, each with how a person takes part in it; null: not at all. */
  async inCohortFor(
    { userId, cohortId }: { userId: string; cohortId: string },
    from: Date,
    to: Date,
  ): Promise<{ workshop: WorkshopFacts; as: WorkshopOfPerson['as'] | null }[]> {
    const [workshops, registrations] = await Promise.all([
      this.inCohort(cohortId, from, to),
      this.registrations.ofPerson(idOf(userId), STANDING),
    ]);
    const standing = new Map(registrations.map(({ workshopId, status }) => [String(workshopId), status]));
    return workshops.map((workshop) => ({
      workshop,
      as: workshop.hosts.includes(userId) ? 'hosting' : standingIn(standing.get(workshop.id)),
    }));
  }

  /** Workshops of a cohort that touch [from, to) and are not called off, drafts too, in time order. */
  async plannedIn(cohortId: string, from: Date, to: Date): Promise<WorkshopFacts[]> {
    const rows = await this.workshops.touching({ cohortId: idOf(cohortId) }, from, to);
    return rows.filter((row) => row.status !== 'cancelled').map(toFacts);
  }

  /** Published workshops of a member's cohort that touch [from, to) and that they hold, stand in or may still join, as pages show them. */
  async openTo(actor: CohortActor, from: Date, to: Date): Promise<Workshop[]> {
    const rows = await this.workshops.touching({ cohortId: idOf(actor.cohortId) }, from, to);
    const shown = await this.view.many(
      actor,
      rows.filter(({ status }) => status === 'published'),
    );
    return shown.filter(
      ({ mine, abilities, hosts }) => mine !== null || abilities.join || hosts.includes(actor.userId),
    );
  }

  /** Some workshops of a member's cohort as pages show them, without those that are not there for them. */
  async seenBy(actor: CohortActor, workshopIds: readonly string[]): Promise<Workshop[]> {
    const rows = await this.workshops.byIds(toIds(workshopIds));
    const seen = rows.filter((row) => String(row.cohortId) === actor.cohortId && maySee(actor, row));
    return await this.view.many(actor, seen);
  }

  /** The tags of a cohort's workshops, drafts left out, the most used first; of those used alike, by the alphabet. */
  async tagsIn(cohortId: string): Promise<{ tag: string; workshops: number }[]> {
    const counts = new Map<string, number>();
    for (const { tags } of await this.workshops.tagsIn(idOf(cohortId)))
      for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    return [...counts]
      .map(([tag, workshops]) => ({ tag, workshops }))
      .sort((a, b) => b.workshops - a.workshops || a.tag.localeCompare(b.tag));
  }

  /** Remembers the chat channel of those going to some workshops, which a bridge made. */
  async setChannel(workshopIds: readonly string[], channelId: string): Promise<void> {
    await this.workshops.setChannel(workshopIds.map(idOf), idOf(channelId));
  }
}
