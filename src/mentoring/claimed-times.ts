import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type BusyInterval, BusySources } from '../calendar/busy-sources.js';
import { DAY } from '../common/clock.js';
import { toIds } from '../infra/mongo/ids.js';
import { OutsideCalendarsRepository } from './outside/outside-calendars.repository.js';
import { SessionsRepository } from './sessions.repository.js';

/** Longer than any session: what runs when the time asked for begins counts. */
const LONGEST_MS = DAY;

/** Says when people have a coaching session, or something in a calendar of theirs elsewhere: two queries for any number of people. */
@Injectable()
export class ClaimedTimes implements OnModuleInit {
  constructor(
    private readonly busy: BusySources,
    private readonly sessions: SessionsRepository,
    private readonly outside: OutsideCalendarsRepository,
  ) {}

  onModuleInit(): void {
    this.busy.registerClaims((userIds, from, to) => this.between(userIds, from, to));
  }

  private async between(userIds: readonly string[], from: Date, to: Date): Promise<BusyInterval[]> {
    const people = toIds(userIds);
    const asked = new Set(userIds);
    const [sessions, elsewhere] = await Promise.all([
      this.sessions.taking(people, new Date(from.getTime() - LONGEST_MS), to),
      this.outside.between(people, from.getTime(), to.getTime()),
    ]);
    const inSessions = sessions.flatMap(({ people: those, startsAt, endsAt }) =>
      those.flatMap((person) => (asked.has(String(person)) ? [{ userId: String(person), startsAt, endsAt }] : [])),
    );
    const outside = elsewhere.map(({ userId, from: starts, to: ends }) => ({
      userId,
      startsAt: new Date(starts),
      endsAt: new Date(ends),
    }));
    return [...inSessions, ...outside];
  }
}
