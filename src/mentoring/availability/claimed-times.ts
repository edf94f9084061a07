import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type BusySource, BusySources } from '../../calendar/busy-sources.js';
import { DAY } from '../../common/times/clock.js';
import { type BusyElsewhere, OutsideCalendarsRepository } from '../outside/outside-calendars.repository.js';
import { stretchesOf } from '../outside/weeks.js';
import { SessionsRepository, type TakenRow } from '../sessions/sessions.repository.js';

/** Longer than any session: what runs when the time asked for begins counts. */
const LONGEST_MS = DAY;

/** Says when people have a coaching session, or something in a calendar of theirs elsewhere. */
@Injectable()
export class ClaimedTimes implements OnModuleInit {
  constructor(
    private readonly busy: BusySources,
    private readonly sessions: SessionsRepository,
    private readonly outside: OutsideCalendarsRepository,
  ) {}

  onModuleInit(): void {
    this.busy.registerClaims(this.inSessions(), this.elsewhere());
  }

  private inSessions(): BusySource<TakenRow> {
    return {
      ask: (people, from, to) => this.sessions.takingAsk(people, new Date(from.getTime() - LONGEST_MS), to),
      intervals: ({ _id, cohortId, people, startsAt, endsAt }) =>
        people.map((person) => ({
          ...{ userId: String(person), startsAt, endsAt },
          ...{ by: 'session', id: String(_id), cohortId: String(cohortId) },
        })),
    };
  }

  private elsewhere(): BusySource<BusyElsewhere> {
    return {
      ask: (people, from, to) => this.outside.busyAsk(people, from.getTime(), to.getTime()),
      intervals: ({ userId, busy }) =>
        stretchesOf(busy).map(({ from, to }) => ({
          userId: String(userId),
          startsAt: new Date(from),
          endsAt: new Date(to),
          ...{ by: 'outside', id: null, cohortId: null },
        })),
    };
  }
}
