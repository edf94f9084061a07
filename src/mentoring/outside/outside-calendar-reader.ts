import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { createHash, randomUUID } from 'node:crypto';
import { UsersRepository } from '../../auth/users.repository.js';
import { memberLeft, roleChanged } from '../../cohorts/cohorts.events.js';
import { MembershipsRepository } from '../../cohorts/members/memberships.repository.js';
import { Clock, DAY, HOUR, MINUTE } from '../../common/times/clock.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { CalendarProblem } from '../../contracts/mentoring/outside-calendars.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Outside, type OutsideLimits, type OutsideText } from '../../infra/http/outside/outside.js';
import { Alarms } from '../../infra/queue/alarms.js';
import { defineJob } from '../../infra/queue/job-queues.js';
import { type ThreadTask, Threads, TooMuchWork } from '../../infra/threads/threads.js';
import { AvailabilitiesRepository } from '../availability/availabilities.repository.js';
import type { Stretch } from '../availability/hours.js';
import type { BusyOfIcs } from './busy-of-ics.js';
import type { OutsideCalendarRow } from './outside-calendar.schema.js';
import { OutsideCalendarsRepository } from './outside-calendars.repository.js';
import { weeksOf } from './weeks.js';

const BUSY: ThreadTask = { file: new URL('./busy-thread', import.meta.url), name: 'busyIn' };

const reading = defineJob<{ id: string }>('outside-calendar', 'readings');

const EVERY = 15 * MINUTE;
/** One that fails is left alone longer each time, up to this. */
const LONGEST_WAIT = 4 * HOUR;
const LEASE = 2 * MINUTE;
/** As far ahead as hours are open at least, and a while more, so that it need not be worked out anew each time. */
const AHEAD = 62;
const MORE = 14;

/**
 * Reads the calendars of coaches elsewhere, now and then. What is wrong with one is said at it, and what it said last stays. Who coaches
 * nowhere any more could not look at theirs, nor take them out: address and busy times go.
 */
@Injectable()
export class OutsideCalendarReader implements OnModuleInit {
  /** Tests make them smaller. */
  readonly limits: OutsideLimits & { workMs: number } = {
    timeoutMs: 20_000,
    mostBytes: 5 * 1024 * 1024,
    workMs: 10_000,
  };

  constructor(
    private readonly calendars: OutsideCalendarsRepository,
    private readonly availabilities: AvailabilitiesRepository,
    private readonly memberships: MembershipsRepository,
    private readonly users: UsersRepository,
    private readonly outside: Outside,
    private readonly threads: Threads,
    private readonly alarms: Alarms,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.alarms.watch({
      kind: reading,
      due: (now, limit) => this.calendars.due(now, limit),
      work: (id) => this.work(id),
    });
    for (const kind of [memberLeft, roleChanged])
      this.outbox.on(kind, 'calendars elsewhere', ({ userId }) => this.lookAgain(idOf(userId)));
  }

  /** Has a worker read a calendar soon. */
  async soon(id: Types.ObjectId): Promise<void> {
    const now = this.clock.now();
    await this.calendars.wake(id, now);
    await this.alarms.set(reading, id, now);
  }

  /** Has those read again of which too little is worked out for what the coach opens now. */
  async follow(userId: Types.ObjectId): Promise<void> {
    const rows = await this.calendars.ofPerson(userId);
    if (rows.length === 0) return;
    const needs = await this.needsOf(userId);
    for (const row of rows) if (!isCovered(row, needs)) await this.soon(row._id);
  }

  private async lookAgain(userId: Types.ObjectId): Promise<void> {
    for (const { _id } of await this.calendars.ofPerson(userId)) await this.soon(_id);
  }

  private async work(id: Types.ObjectId): Promise<void> {
    const lease = randomUUID();
    const now = this.clock.now();
    const row = await this.calendars.claim(id, lease, now, new Date(now.getTime() + LEASE));
    if (!row) return;
    const memberships = await this.memberships.ofPerson(row.userId);
    if (!memberships.some(({ role }) => role === 'coach')) {
      await this.calendars.removeHeld(id, lease);
      return;
    }
    await this.read(row, lease, now);
  }

  private async read(row: OutsideCalendarRow, lease: string, now: Date): Promise<void> {
    const needs = await this.needsOf(row.userId);
    const isCurrent = isCovered(row, needs);
    const answer = await this.outside.read(new URL(row.address), headersOf(isCurrent ? row : null), this.limits);
    const failed = failureOf(answer, isCurrent);
    if (failed) {
      await this.fail(row, lease, now, failed);
      return;
    }
    const { etag, lastModified } = answer.status === 304 ? row : answer;
    const well = { ...WELL, etag, lastModified, triedAt: now, readAt: now, wakeAt: new Date(now.getTime() + EVERY) };
    const hash = createHash('sha256').update(answer.text).digest('base64');
    if (answer.status === 304 || (isCurrent && hash === row.hash)) {
      await this.calendars.note(row._id, lease, well);
      return;
    }
    const look = { from: now.getTime() - DAY, to: needs.until.getTime() + MORE * DAY };
    const found = await this.busyIn(answer.text, look, needs.zone);
    if (found.problem !== null) {
      await this.fail(row, lease, now, { problem: found.problem, status: null });
      return;
    }
    const { name: ownName, unreadable } = found;
    const what = { ...well, ownName, unreadable, hash, zone: needs.zone, coveredUntil: new Date(look.to) };
    await this.calendars.replace(row, lease, what, weeksOf(found.busy));
  }

  private async fail(row: OutsideCalendarRow, lease: string, now: Date, why: Failure): Promise<void> {
    const wait = Math.min(EVERY * 2 ** row.fails, LONGEST_WAIT);
    await this.calendars.note(row._id, lease, {
      ...why,
      fails: row.fails + 1,
      triedAt: now,
      problemSince: row.problem === null ? now : row.problemSince,
      wakeAt: new Date(now.getTime() + wait),
    });
  }

  /** Up to when the busy times of a coach are needed, and the zone of those without one: that of who looks at them (RFC 5545, 3.3.5). */
  private async needsOf(userId: Types.ObjectId): Promise<Needs> {
    const [horizons, profile] = await Promise.all([this.availabilities.horizonsOf(userId), this.users.profile(userId)]);
    const days = Math.max(AHEAD, ...horizons);
    return {
      until: new Date(this.clock.now().getTime() + (days + 1) * DAY),
      zone: profile?.timeZone ?? 'UTC',
    };
  }

  /** On a thread: a rule of one line can be endless work. Throws when no thread was free for it. */
  private async busyIn(text: string, look: Stretch, zone: string): Promise<BusyOfIcs> {
    const host = new URL(this.config.PUBLIC_URL).hostname;
    try {
      return await this.threads.run<BusyOfIcs>(BUSY, { text, look, zone, host }, { withinMs: this.limits.workMs });
    } catch (error) {
      if (error instanceof TooMuchWork) return { problem: 'too_much' };
      throw error;
    }
  }
}

interface Needs {
  until: Date;
  zone: string;
}

interface Failure {
  problem: CalendarProblem;
  status: number | null;
}

const WELL = { problem: null, status: null, problemSince: null, fails: 0 };

const isCovered = (row: OutsideCalendarRow, { until, zone }: Needs): boolean =>
  row.coveredUntil !== null && row.coveredUntil !== undefined && row.coveredUntil >= until && row.zone === zone;

/** What makes an answer short when nothing changed; nothing packed, which could grow without end. */
function headersOf(row: OutsideCalendarRow | null): Record<string, string> {
  return {
    accept: 'text/calendar, */*;q=0.5',
    'accept-encoding': 'identity',
    'user-agent': 'Cordee-Calendars/1',
    ...(row?.etag && { 'if-none-match': row.etag }),
    ...(row?.lastModified && { 'if-modified-since': row.lastModified }),
  };
}

/** That nothing changed is an answer only to who asked so. */
function failureOf({ problem, status, redirected }: OutsideText, isCurrent: boolean): Failure | null {
  if (problem === 'not_allowed') return { problem: redirected ? 'redirects_inside' : 'inside', status: null };
  if (problem !== null) return { problem, status: null };
  if (status === 200 || (status === 304 && isCurrent)) return null;
  if (status === 404 || status === 410) return { problem: 'not_found', status };
  return { problem: status === 401 || status === 403 ? 'refused' : 'status', status };
}
