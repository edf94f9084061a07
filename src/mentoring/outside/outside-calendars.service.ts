import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock, DAY, MINUTE } from '../../common/times/clock.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import type {
  AddOutsideCalendar,
  CalendarProblem,
  OutsideCalendar,
} from '../../contracts/mentoring/outside-calendars.js';
import { Outside } from '../../infra/http/outside/outside.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { merged } from '../availability/hours.js';
import { OutsideCalendarReader } from './outside-calendar-reader.js';
import type { OutsideCalendarRow } from './outside-calendar.schema.js';
import { OutsideCalendarsRepository } from './outside-calendars.repository.js';

const MOST = 5;
const SHOWN_DAYS = 60;
/** Asked again sooner, the answer is the one of a moment ago. */
const SOONEST = MINUTE;

/** A coach's calendars elsewhere: theirs alone, whatever the cohort in which they look at them. */
@Injectable()
export class OutsideCalendars {
  constructor(
    private readonly calendars: OutsideCalendarsRepository,
    private readonly reader: OutsideCalendarReader,
    private readonly outside: Outside,
    private readonly people: People,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async list(actor: CohortActor): Promise<OutsideCalendar[]> {
    const now = this.clock.now().getTime();
    const rows = await this.calendars.ofPerson(idOf(actor.userId));
    // After the rows: what a row says was read is then among its busy times.
    const busy = await this.calendars.byCalendar(idOf(actor.userId), now, now + SHOWN_DAYS * DAY);
    return rows
      .sort((a, b) => a.addedAt.getTime() - b.addedAt.getTime())
      .map((row) => present(row, merged(busy.get(String(row._id)) ?? []).length, now));
  }

  /**
   * Throws 422 for `/address`: `wrong_format`, `https_needed`, `known`; 409 `too_many_calendars` beyond 5. It is read at once, by a worker.
   */
  async add(actor: CohortActor, { address, name }: AddOutsideCalendar): Promise<OutsideCalendar> {
    const userId = idOf(actor.userId);
    const url = this.urlOf(address);
    const now = this.clock.now();
    const row = { _id: newId(), userId, name: name ?? null, address: url.href, addedAt: now, wakeAt: now };
    try {
      await this.transactions.run(async (session) => {
        await this.calendars.insert(row, session);
        await this.people.hold(userId, session);
        if ((await this.calendars.count(userId, session)) > MOST)
          throw conflict('too_many_calendars', 'At most 5 calendars are read.', { maximum: MOST });
      });
    } catch (error) {
      if (isDuplicateKey(error, 'person')) throw invalidField('/address', 'known');
      throw error;
    }
    await this.reader.soon(row._id);
    return await this.one(actor, String(row._id));
  }

  /** Its busy times go with it. Throws 404. */
  async remove(actor: CohortActor, calendarId: string): Promise<void> {
    const id = toId(calendarId);
    if (!id || !(await this.calendars.remove(idOf(actor.userId), id))) throw notFound();
  }

  /** Has it read again now, unless that was a moment ago. Throws 404. */
  async readAgain(actor: CohortActor, calendarId: string): Promise<OutsideCalendar> {
    const id = toId(calendarId);
    const row = id && (await this.calendars.ofPersonById(idOf(actor.userId), id));
    if (!row) throw notFound();
    const since = this.clock.now().getTime() - (row.triedAt?.getTime() ?? 0);
    if (since >= SOONEST) await this.reader.soon(row._id);
    return await this.one(actor, calendarId);
  }

  private async one(actor: CohortActor, calendarId: string): Promise<OutsideCalendar> {
    const found = (await this.list(actor)).find(({ id }) => id === calendarId.toLowerCase());
    if (!found) throw notFound();
    return found;
  }

  /** `webcal` is what calendar programs call an address that they read by HTTPS. */
  private urlOf(address: string): URL {
    const text = address.replace(/^webcals?:\/\//i, 'https://');
    if (!URL.canParse(text)) throw invalidField('/address', 'wrong_format', { format: 'url' });
    const url = new URL(text);
    if (!/^https?:$/.test(url.protocol)) throw invalidField('/address', 'wrong_format', { format: 'url' });
    if (!this.outside.allows(url)) throw invalidField('/address', 'https_needed');
    url.hash = '';
    return url;
  }
}

function present(row: OutsideCalendarRow, busyTimes: number, now: number): OutsideCalendar {
  const isBeingRead = row.lease !== null || row.wakeAt.getTime() <= now;
  const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;
  return {
    id: String(row._id),
    name: row.name ?? row.ownName ?? new URL(row.address).host,
    address: row.address,
    state: isBeingRead ? 'waiting' : row.problem ? 'failing' : 'read',
    readAt: iso(row.readAt),
    triedAt: iso(row.triedAt),
    busyTimes,
    unreadable: row.unreadable,
    problem: (row.problem as CalendarProblem | null | undefined) ?? null,
    status: row.status ?? null,
    problemSince: iso(row.problemSince),
  };
}
