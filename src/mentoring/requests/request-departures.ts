import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { memberLeft, roleChanged } from '../../cohorts/cohorts.events.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { EVER } from '../../infra/mongo/time-place.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { successorsOf } from './request.js';
import { changeOf, requestChanged } from './requests.events.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestRow, TrailEntry } from './request.schema.js';

interface Departure {
  cohortId: string;
  userId: string;
}

/**
 * No request stays with somebody who has left or coaches no more: it goes to whom staff chose then, else to whoever of the programme
 * team has least; what the leaver asked is withdrawn. Who was chosen stands with the membership, written with the removal itself. What
 * comes to somebody after they took another role stays with them; who has left keeps nothing, though it was asked of them that very
 * moment.
 */
@Injectable()
export class RequestDepartures implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly members: Members,
    private readonly requests: RequestsRepository,
  ) {}

  onModuleInit(): void {
    for (const kind of [memberLeft, roleChanged]) this.outbox.on(kind, 'requests', (member) => this.follow(member));
  }

  private async follow({ cohortId, userId }: Departure): Promise<void> {
    const handOver = (await this.members.handOvers(cohortId, [userId])).get(userId);
    if (!handOver) return;
    const [cohort, leaver] = [idOf(cohortId), idOf(userId)];
    const hasLeft = (await this.members.find(cohortId, userId)) === null;
    if (hasLeft) {
      const entry = this.entry(leaver, 'withdrawn', null);
      await this.change((session) => this.requests.withdrawAll(cohort, leaver, entry, session));
    }
    const before = hasLeft ? EVER : handOver.at;
    // What the chosen one asked themself goes to the programme team.
    for (const successor of await this.successors(cohortId, userId, handOver.toId)) {
      const ownerId = idOf(successor);
      const entry = this.entry(leaver, 'handed_over', ownerId);
      const to = { ownerId, entry, before };
      await this.change((session) => this.requests.handOver(cohort, leaver, to, session));
    }
  }

  /** The one who was chosen, while they are a member, then the one of the programme team for whom least waits. */
  private async successors(cohortId: string, leaverId: string, chosen: string | null): Promise<string[]> {
    const staff = await this.members.list(cohortId, { roles: ['staff'] });
    const waiting = await this.requests.waitingFor(
      idOf(cohortId),
      staff.map(({ userId }) => idOf(userId)),
    );
    const [least] = successorsOf(
      staff.map((one) => ({ ...one, isOfTheCraft: false, load: waiting.get(one.userId) ?? 0 })),
      leaverId,
    );
    const isHere = chosen !== null && (await this.members.find(cohortId, chosen)) !== null;
    return [...(isHere ? [chosen] : []), ...(least ? [least.userId] : [])];
  }

  private entry(byId: TrailEntry['byId'], act: TrailEntry['act'], toId: TrailEntry['toId']): TrailEntry {
    return { at: this.clock.now(), byId, act, text: null, toId };
  }

  /** Writes to some requests, and what follows with it. */
  private async change(write: (session: ClientSession) => Promise<RequestRow['_id'][]>): Promise<void> {
    const facts = await this.transactions.run(async (session) => {
      const ids = await write(session);
      const rows = ids.length > 0 ? await this.requests.byIds(ids, session) : [];
      const changes = rows.map((row) => changeOf(row, row.trail.at(-1)?.act ?? 'handed_over'));
      for (const fact of changes) await this.outbox.write(requestChanged, fact, session);
      return changes;
    });
    for (const fact of facts) this.bus.publish(requestChanged, fact);
  }
}
