import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { UsersRepository } from '../../auth/users.repository.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Projects } from '../../cohorts/projects/projects.service.js';
import { Clock } from '../../common/times/clock.js';
import { idOf, toId, toIds } from '../../infra/mongo/ids.js';
import { ChannelMembersService, type ComingIn } from './channel-members.service.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import { type CohortPeople, type PlannedChannel, memberChanges, plannedChannels } from './channel-plan.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';

const MAX_ROUNDS = 3;
/** The channels that follow from who is in the cohort; the others are made by hand, or follow from a workshop. */
const PLANNED: ReadonlySet<ChannelRow['kind']> = new Set(['cohort', 'help', 'team', 'craft']);

/**
 * Keeps channels as the memberships are. Each run looks at who is in the channels first and at who belongs there after that, and
 * looks again when it changed something: so nobody is let in on old news, whoever runs at the same time.
 */
@Injectable()
export class ChannelMembershipSync {
  private readonly running = new Map<string, { again: boolean; done: Promise<void> }>();

  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly projects: Projects,
    private readonly users: UsersRepository,
    private readonly channels: ChannelsRepository,
    private readonly channelMembers: ChannelMembersRepository,
    private readonly channelMembersService: ChannelMembersService,
    private readonly clock: Clock,
  ) {}

  /** Brings all channels of a cohort to what they should be. Calls that come while it runs are answered by one more run. */
  async reconcile(cohortId: string): Promise<void> {
    const running = this.running.get(cohortId);
    if (running) {
      running.again = true;
      await running.done;
      return;
    }
    const run = { again: true, done: Promise.resolve() };
    this.running.set(cohortId, run);
    run.done = (async () => {
      try {
        while (run.again) {
          run.again = false;
          await this.untilRight(cohortId);
        }
      } finally {
        this.running.delete(cohortId);
      }
    })();
    await run.done;
  }

  /**
   * Keeps one channel that another room plans (a workshop's, by its bridge): made when it is missing, its name and people brought to
   * the plan, as far as they are members and the cohort is running. Without people none is made. Returns its id. `plan` is asked after
   * the look at who is in, and again while something changed.
   */
  async keep(key: string, plan: () => Promise<PlannedChannel | null>): Promise<string | null> {
    let existing = await this.channels.byKey(key);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const known = existing ? [existing] : [];
      const inNow = await this.membersOf(known);
      const planned = await plan().then((one) => one && this.withinCohort(one));
      if (!planned || (!existing && planned.userIds.length === 0)) return existing ? String(existing._id) : null;
      if (!(await this.apply([planned], known, existing ? inNow : undefined))) break;
      // Its name, state or people are others now.
      existing = await this.channels.byKey(key);
    }
    return existing ? String(existing._id) : null;
  }

  private async withinCohort(planned: PlannedChannel): Promise<PlannedChannel> {
    const [cohort, members] = await Promise.all([
      this.cohorts.byId(idOf(planned.cohortId)),
      this.members.list(planned.cohortId, { userIds: planned.userIds }),
    ]);
    return {
      ...planned,
      archived: planned.archived || cohort?.state !== 'running',
      userIds: members.map((member) => member.userId),
    };
  }

  private async untilRight(cohortId: string): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (!(await this.once(cohortId))) return;
    }
  }

  /** True when something was changed. */
  private async once(cohortId: string): Promise<boolean> {
    const id = toId(cohortId);
    if (!id) return false;
    const all = await this.channels.inCohort(id);
    const kept = all.filter(({ kind }) => PLANNED.has(kind));
    const byHand = all.filter(({ kind }) => !PLANNED.has(kind));
    const inNow = await this.membersOf(all);
    const cohort = await this.peopleOf(id);
    if (!cohort) return false;
    const changed = await this.apply(withoutOrphans(plannedChannels(cohort), kept), kept, inNow);
    return (await this.keepByHand(byHand, inNow, cohort)) || changed;
  }

  private async apply(
    planned: readonly PlannedChannel[],
    known: readonly ChannelRow[],
    inNow?: ReadonlyMap<string, string[]>,
  ): Promise<boolean> {
    const knownKeys = new Set(known.map((channel) => channel.key));
    const missing = planned.filter((one) => !knownKeys.has(one.key));
    const made = await this.made(missing);
    const rows = new Map([...known, ...made].map((row) => [row.key, row]));
    const held = inNow ?? (await this.membersOf([...known, ...made]));
    const coming: ComingIn[] = [];
    let changed = missing.length > 0;
    for (const plan of planned) {
      const row = rows.get(plan.key);
      if (!row) continue;
      const { join, leave } = memberChanges(held.get(String(row._id)) ?? [], plan.userIds);
      changed = (await this.rename(row, plan)) || join.length > 0 || leave.length > 0 || changed;
      await this.channelMembersService.takeOut(row, leave);
      coming.push({ channel: row, userIds: join });
    }
    await this.channelMembersService.letInAll(coming);
    return changed;
  }

  private async made(missing: readonly PlannedChannel[]): Promise<ChannelRow[]> {
    if (missing.length === 0) return [];
    await this.channels.ensure(missing.map((one) => this.rowOf(one)));
    return await this.channels.byKeys(missing.map((one) => one.key));
  }

  /** Name and state follow the plan. */
  private async rename(row: ChannelRow, plan: PlannedChannel): Promise<boolean> {
    const isArchived = row.archivedAt !== null;
    if (row.name === plan.name && isArchived === plan.archived) return false;
    await this.channels.update(row._id, {
      name: plan.name,
      archivedAt: plan.archived ? (row.archivedAt ?? this.clock.now()) : null,
    });
    this.channelMembersService.announce(row);
    return true;
  }

  /** Channels by hand and of workshops hold members of the cohort only; who is awaited in one comes in as soon as they are one. */
  private async keepByHand(
    channels: readonly ChannelRow[],
    inNow: ReadonlyMap<string, string[]>,
    cohort: CohortPeople,
  ): Promise<boolean> {
    const members = new Set(cohort.members.map((member) => member.userId));
    let changed = false;
    for (const channel of channels) {
      const strangers = (inNow.get(String(channel._id)) ?? []).filter((userId) => !members.has(userId));
      if (strangers.length > 0) changed = true;
      await this.channelMembersService.takeOut(channel, strangers);
      const arrived = (channel.awaits ?? []).filter((userId) => members.has(String(userId)));
      if (arrived.length > 0) {
        changed = true;
        await this.channelMembersService.letIn(channel, arrived.map(String));
        await this.channels.arrived(channel._id, arrived);
      }
      if (cohort.closed && !channel.archivedAt) {
        await this.channels.update(channel._id, { archivedAt: this.clock.now() });
        this.channelMembersService.announce(channel);
      }
    }
    return changed;
  }

  private async membersOf(channels: readonly ChannelRow[]): Promise<Map<string, string[]>> {
    const held = new Map<string, string[]>(channels.map((channel) => [String(channel._id), []]));
    for (const row of await this.channelMembers.inChannels(channels.map((channel) => channel._id)))
      held.get(String(row.channelId))?.push(String(row.userId));
    return held;
  }

  private async peopleOf(cohortId: Types.ObjectId): Promise<CohortPeople | null> {
    const id = String(cohortId);
    const cohort = await this.cohorts.byId(cohortId);
    if (!cohort) return null;
    const [members, projects] = await Promise.all([this.members.list(id), this.projects.briefs(id)]);
    const crafts = await this.users.crafts(toIds(members.map((member) => member.userId)));
    return {
      cohortId: id,
      cohortName: cohort.name,
      locale: cohort.locale,
      closed: cohort.state === 'closed',
      members: members.map((member) => ({ ...member, craft: crafts.get(member.userId) ?? null })),
      projects,
    };
  }

  private rowOf(planned: PlannedChannel): Parameters<ChannelsRepository['ensure']>[0][number] {
    const { key, kind, name, nameKey } = planned;
    return { key, kind, name, nameKey, cohortId: idOf(planned.cohortId), createdAt: this.clock.now(), createdBy: null };
  }
}

/** Kept channels whose reason is gone (a craft that nobody has any more) stay, without people. */
function withoutOrphans(planned: PlannedChannel[], kept: readonly ChannelRow[]): PlannedChannel[] {
  const keys = new Set(planned.map((one) => one.key));
  const orphans = kept.filter((row) => !keys.has(row.key));
  return [
    ...planned,
    ...orphans.map((row) => ({
      key: row.key,
      kind: row.kind as PlannedChannel['kind'],
      cohortId: String(row.cohortId),
      name: row.name,
      nameKey: row.nameKey ?? null,
      archived: row.archivedAt !== null,
      userIds: [],
    })),
  ];
}
