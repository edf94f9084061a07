import { Injectable, type OnModuleInit } from '@nestjs/common';
import { memberChanged, memberLeft } from '../../cohorts/cohorts.events.js';
import { Members } from '../../cohorts/members.service.js';
import { Clock, MINUTE } from '../../common/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { EVER } from '../../infra/mongo/time-place.js';
import { Beats } from '../../infra/queue/beats.js';
import { JobQueues, addedAgain, defineQueue } from '../../infra/queue/job-queues.js';
import { successorsOf } from './request.js';
import { requestChanged } from './requests.events.js';
import { type RequestPlace, RequestsRepository, type WaitingRequest } from './requests.repository.js';
import type { RequestRow, TrailEntry } from './request.schema.js';

interface Departure {
  cohortId: string;
  userId: string;
}

const departures = defineQueue<Departure>('request-departures');

const HEAL_EVERY_MS = 5 * MINUTE;
const PAGE = 500;
const MOST_PAGES = 20;

/**
 * No request stays with somebody who has left or coaches no more: it goes to whom staff chose then, else to whoever of the programme
 * team has least; what the leaver asked is withdrawn. Who was chosen stands with the membership, written with the removal itself. What
 * comes to somebody after they took another role stays with them; who has left keeps nothing, though it was asked of them that very
 * moment. An event can die with its process: workers look through what waits every few minutes.
 */
@Injectable()
export class RequestDepartures implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly beats: Beats,
    private readonly clock: Clock,
    private readonly members: Members,
    private readonly requests: RequestsRepository,
  ) {}

  onModuleInit(): void {
    for (const kind of [memberLeft, memberChanged]) {
      this.bus.on(kind, ({ cohortId, userId }) => this.queues.add(departures, { cohortId, userId }));
    }
    this.beats.every(HEAL_EVERY_MS, 'request-departures', () => this.heal());
    this.queues.process(departures, (departure) => this.follow(departure));
  }

  /** Looks for waiting requests of people who gave them up. Two queries a cohort and page. */
  async heal(): Promise<void> {
    let place: RequestPlace | null = null;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const waiting: WaitingRequest[] = await this.requests.waitingAfter(place, PAGE);
      await this.enqueue(await this.stuck(waiting));
      const last: WaitingRequest | undefined = waiting.at(-1);
      if (!last || waiting.length < PAGE) return;
      place = { at: last.waitingSince, id: last._id };
    }
  }

  /** Whose requests these are who are not there any more, or gave them up after they came to them. */
  private async stuck(waiting: readonly WaitingRequest[]): Promise<Departure[]> {
    const cohorts = [...new Set(waiting.map(({ cohortId }) => String(cohortId)))];
    const found = await Promise.all(
      cohorts.map(async (cohortId) => {
        const rows = waiting.filter((row) => String(row.cohortId) === cohortId);
        const userIds = [...new Set(rows.flatMap(peopleOf))];
        const [gone, members] = await Promise.all([
          this.members.handOvers(cohortId, userIds),
          this.members.list(cohortId, { userIds }),
        ]);
        const isHere = new Set(members.map(({ userId }) => userId));
        const givenUp = ({ ownerId, waitingSince }: WaitingRequest) => {
          const handOver = gone.get(String(ownerId));
          return handOver !== undefined && (!isHere.has(String(ownerId)) || waitingSince <= handOver.at);
        };
        return [
          ...rows.filter(givenUp).map(({ ownerId }) => ({ cohortId, userId: String(ownerId) })),
          ...rows
            .filter(({ askerId }) => gone.has(String(askerId)))
            .map(({ askerId }) => ({ cohortId, userId: String(askerId) })),
        ];
      }),
    );
    return found.flat();
  }

  private async enqueue(those: readonly Departure[]): Promise<void> {
    await this.queues.addAll(
      departures,
      those.map((data) => ({ data, options: addedAgain(`gave-up-${data.cohortId}-${data.userId}`) })),
    );
  }

  private async follow({ cohortId, userId }: Departure): Promise<void> {
    const handOver = (await this.members.handOvers(cohortId, [userId])).get(userId);
    if (!handOver) return;
    const [cohort, leaver] = [idOf(cohortId), idOf(userId)];
    const hasLeft = (await this.members.find(cohortId, userId)) === null;
    if (hasLeft) {
      await this.tell(await this.requests.withdrawAll(cohort, leaver, this.entry(leaver, 'withdrawn', null)));
    }
    const before = hasLeft ? EVER : handOver.at;
    // What the chosen one asked themself goes to the programme team.
    for (const successor of await this.successors(cohortId, userId, handOver.toId)) {
      const ownerId = idOf(successor);
      const entry = this.entry(leaver, 'handed_over', ownerId);
      await this.tell(await this.requests.handOver(cohort, leaver, { ownerId, entry, before }));
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

  private async tell(ids: readonly RequestRow['_id'][]): Promise<void> {
    if (ids.length === 0) return;
    for (const row of await this.requests.byIds(ids)) {
      this.bus.publish(requestChanged, {
        cohortId: String(row.cohortId),
        requestId: String(row._id),
        act: row.trail.at(-1)?.act ?? 'handed_over',
        revision: row.revision,
        peopleIds: [row.askerId, ...(row.ownerId ? [row.ownerId] : [])].map(String),
      });
    }
  }
}

const peopleOf = ({ askerId, ownerId }: WaitingRequest): string[] =>
  [askerId, ownerId].flatMap((id) => (id ? [String(id)] : []));
