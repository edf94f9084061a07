import { Injectable, type OnModuleInit } from '@nestjs/common';
import { memberLeft } from '../../cohorts/cohorts.events.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Nights } from '../../cohorts/nights/nights.js';
import { Clock } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { sessionChanged } from '../mentoring.events.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { CycleSession, Progress } from './cycle.js';
import { CycleProgress } from './cycle-progress.js';
import type { CycleRow } from './cycle.schema.js';
import { changeOf, cycleChanged } from './cycles.events.js';
import { CyclesRepository } from './cycles.repository.js';

/** Rows of the outbox remember it. */
const NAME = 'cycles';

/**
 * Lets open cycles follow their sessions: one whose count or window is another says so, one whose time is over lapses, and so does one
 * of whom somebody left the cohort. Time passes without an act: the night looks through the open ones.
 */
@Injectable()
export class CycleFollow implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
    private readonly nights: Nights,
    private readonly clock: Clock,
    private readonly members: Members,
    private readonly sessions: SessionsRepository,
    private readonly cycles: CyclesRepository,
    private readonly progress: CycleProgress,
  ) {}

  onModuleInit(): void {
    this.outbox.on(sessionChanged, NAME, ({ sessionId }) => this.ofSession(sessionId));
    this.outbox.on(memberLeft, NAME, ({ cohortId, userId }) => this.ofLeaver(cohortId, userId));
    this.nights.compareEach(async ({ _id }) => this.refresh(await this.cycles.openIn(_id)));
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
      // Written by somebody else meanwhile: they told of it, and their session is followed, too.
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

  private async ofLeaver(cohortId: string, userId: string): Promise<void> {
    const open = await this.cycles.openOfPerson(idOf(userId));
    await this.refresh(open.filter((row) => String(row.cohortId) === cohortId));
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
