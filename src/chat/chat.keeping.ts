import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { personChanged } from '../auth/auth.events.js';
import { UsersRepository } from '../auth/users.repository.js';
import {
  cohortChanged,
  cohortClosed,
  cohortCreated,
  memberChanged,
  memberJoined,
  memberLeft,
  projectChanged,
} from '../cohorts/cohorts.events.js';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { Members } from '../cohorts/members/members.service.js';
import { MembershipsRepository } from '../cohorts/members/memberships.repository.js';
import { Projects } from '../cohorts/projects/projects.service.js';
import { MINUTE } from '../common/times/clock.js';
import { CONFIG, type Config } from '../config/config.js';
import { EventBus } from '../infra/events/event-bus.js';
import { toId, toIds } from '../infra/mongo/ids.js';
import { Intervals } from '../infra/queue/intervals.js';
import { REDIS } from '../infra/redis/redis.token.js';
import { ChannelMembersService } from './channels/channel-members.service.js';
import { ChannelMembershipSync } from './channels/channel-membership-sync.js';
import { ChannelMembersRepository } from './channels/channel-members.repository.js';
import { ChannelsRepository } from './channels/channels.repository.js';

const EVERY_MS = 60_000;
const COHORTS_A_TURN = 10;
/** A write may become visible a little after the instant it carries: so far back is looked again. */
const OVERLAP_MS = 2 * MINUTE;
/** What lies further back is found by the turns. */
const FIRST_LOOK_MS = 10 * MINUTE;
const MAX_PEOPLE = 1000;

/** When channels are looked at: at every change of a cohort, and in turn by the worker, since an event can die with its process. */
@Injectable()
export class ChatKeeping implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly intervals: Intervals,
    private readonly membershipSync: ChannelMembershipSync,
    private readonly channelMembersService: ChannelMembersService,
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly memberships: MembershipsRepository,
    private readonly projects: Projects,
    private readonly users: UsersRepository,
    private readonly channels: ChannelsRepository,
    private readonly channelMembers: ChannelMembersRepository,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    for (const kind of [cohortCreated, cohortChanged, cohortClosed])
      this.bus.on(kind, ({ cohortId }) => this.membershipSync.reconcile(cohortId));
    for (const kind of [memberJoined, memberChanged])
      this.bus.on(kind, ({ cohortId }) => this.membershipSync.reconcile(cohortId));
    this.bus.on(projectChanged, ({ cohortId }) => this.membershipSync.reconcile(cohortId));
    this.bus.on(memberLeft, ({ cohortId, userId }) => this.takeOut(cohortId, userId));
    this.bus.on(personChanged, async ({ userId, craftChanged }) => {
      if (!craftChanged) return;
      for (const { cohortId } of await this.members.ofPerson(userId)) await this.membershipSync.reconcile(cohortId);
    });
    this.intervals.every(EVERY_MS, 'channels', () => this.heal());
  }

  /** Heals what an event did not tell: the cohorts that changed lately, they, their projects or their people, at once; all others in turn. */
  async heal(): Promise<void> {
    await this.lately();
    await this.nextTurn();
  }

  /** Asks which cohorts and projects (a team has a channel) and whose belonging or profile (so has a craft) changed since the last time. */
  private async lately(): Promise<void> {
    const key = `${this.config.REDIS_PREFIX}:keep-channels:since`;
    const now = Date.now();
    const since = new Date((Number(await this.redis.get(key)) || now - FIRST_LOOK_MS) - OVERLAP_MS);
    const people = await this.users.changedSince({ changedAt: since, id: null }, MAX_PEOPLE);
    const cohortIds = await Promise.all([
      this.cohorts.changedSince(since),
      this.projects.changedSince(since),
      this.memberships.cohortsToLookAt(since, toIds(people.map(({ id }) => id))),
    ]);
    for (const cohortId of new Set(cohortIds.flat())) await this.membershipSync.reconcile(cohortId);
    await this.redis.set(key, now);
  }

  /** Who left the cohort leaves all its channels at once, also those made by hand. */
  private async takeOut(cohortId: string, userId: string): Promise<void> {
    const [cohort, user] = [toId(cohortId), toId(userId)];
    if (!cohort || !user) return;
    const left = await this.channelMembers.removeFromCohort(cohort, user);
    for (const channel of await this.channels.byIds(left)) await this.channelMembersService.takeOut(channel, [userId]);
    await this.membershipSync.reconcile(cohortId);
  }

  /** Looks at the next few cohorts; after the last one it begins again. */
  private async nextTurn(): Promise<void> {
    const key = `${this.config.REDIS_PREFIX}:keep-channels:after`;
    const rows = await this.cohorts.page(toId((await this.redis.get(key)) ?? ''), COHORTS_A_TURN);
    for (const row of rows) await this.membershipSync.reconcile(String(row._id));
    const last = rows.length === COHORTS_A_TURN ? rows.at(-1) : undefined;
    if (last) await this.redis.set(key, String(last._id));
    else await this.redis.del(key);
  }
}
