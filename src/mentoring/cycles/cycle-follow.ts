import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { toIds } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { sessionChanged } from '../mentoring.events.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { CycleSession, Progress } from './cycle.js';
import { CycleProgress } from './cycle-progress.js';
import type { CycleRow } from './cycle.schema.js';
import { changeOf, cycleChanged } from './cycles.events.js';
import { CyclesRepository } from './cycles.repository.js';

const HEAL_EVERY_MS = 5 * MINUTE;
const PAGE = 200;
const MAX_PAGES = 50;

/**
 * Lets open cycles follow their sessions: one whose count or window is another says so, one whose time is over lapses, and so does one
 * of whom somebody left the cohort. Time passes without an event: workers look through the open ones every few minutes.
 */
@Injectable()
export class CycleFollow implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
    private readonly intervals: Intervals,
    private readonly clock: Clock,
    private readonly members: Members,
    private readonly sessions: SessionsRepository,
    private readonly cycles: CyclesRepository,
    private readonly progress: CycleProgress,
  ) {}

  onModuleInit(): void {
    this.outbox.on(sessionChanged, 'cycles', ({ sessionId }) => this.ofSession(sessionId));
    this.intervals.every(HEAL_EVERY_MS, 'cycles', () => this.heal());
  }

  async heal(): Promise<void> {
    let after: Types.ObjectId | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const open: CycleRow[] = await this.cycles.openAfter(after, PAGE);
      await this.refresh(open);
      const last: CycleRow | undefined = open.at(-1);
      if (!last || open.length < PAGE) return;
      after = last._id;
    }
  }

  /** Writes what became of some open cycles, and tells of those that are not as they were. Repeatable. */
  async refresh(open: readonly CycleRow[]): Promise<void> {
    const [all, members] = await Promise.all([this.progress.of(open), this.membersOf(open)]);
    for (const row of open) {
      const progress = all.get(String(row._id));
      if (!row.open || !progress) continue;
      const now = this.clock.now();
      const isHere = row.people.every((person) => members.has(`${String(row.cohortId)} ${String(person)}`));
      if (now >= progress.lapsesAt || !isHere) {
        const lapsed = { state: 'lapsed' as const, endedAt: now };
        if (await this.cycles.end(row, lapsed, now)) this.tell(row, 'ended');
        continue;
      }
      const seen = digestOf(progress);
      // Written by somebody else meanwhile: they told of it, and the next turn looks again.
      const change = { seen, ...movedBy(row, progress, now) };
      if (seen !== row.seen && (await this.cycles.note(row, change, now))) this.tell(row, 'moved_on');
    }
  }

  private tell(row: CycleRow, act: 'moved_on' | 'ended'): void {
    this.bus.publish(cycleChanged, changeOf({ ...row, revision: row.revision + 1 }, act));
  }

  private async ofSession(sessionId: string): Promise<void> {
    const [session] = await this.sessions.byIds(toIds([sessionId]));
    if (session?.cycleId) await this.refresh(await this.cycles.byIds([session.cycleId]));
  }

  /** One query a cohort. */
  private async membersOf(cycles: readonly CycleRow[]): Promise<Set<string>> {
    const cohorts = [...new Set(cycles.map(({ cohortId }) => String(cohortId)))];
    const lists = await Promise.all(
      cohorts.map(async (cohortId) => {
        const people = cycles
          .filter((row) => String(row.cohortId) === cohortId)
          .flatMap((row) => row.people.map(String));
        const members = await this.members.list(cohortId, { userIds: [...new Set(people)] });
        return members.map(({ userId }) => `${cohortId} ${userId}`);
      }),
    );
    return new Set(lists.flat());
  }
}

/** The window of one that has begun moves with its first session; what its last day was stands at the head of what was noted. */
function movedBy({ seen, revision }: CycleRow, { begun, until }: Progress<CycleSession>, at: Date) {
  const [from = ''] = seen.split(' ');
  return begun && from !== '' && from !== until ? { moved: { from, to: until, at, revision: revision + 1 } } : {};
}

const digestOf = ({ until, counted, held, begun }: Progress<CycleSession>) =>
  begun ? `${until} ${counted.length} ${held}` : '';
