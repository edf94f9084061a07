import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { CohortActor } from '../common/actor.js';
import { newId } from '../infra/mongo/ids.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { countNamed } from '../infra/redis/naming.js';
import { type Limit, RateLimits } from '../infra/redis/rate-limits.js';
import type { WorkshopRow } from './workshop.schema.js';
import { hostsNamed, hostsRemoved } from './workshops.events.js';

type Hosted = Pick<WorkshopRow, '_id' | 'status' | 'startsAt' | 'hosts' | 'createdBy' | 'seriesId'>;

/** Each time somebody is made a host, or one no more, they are told at once, by mail as well: so often by what they host (a series is one thing), whoever does it. */
const TOLD: Limit = { name: 'hosting-told', points: 6, seconds: 3600 };

/** A workshop before and after an act; `before` null: it is new. */
export interface Renamed {
  before: Hosted | null;
  after: Hosted;
}

/** People, each with the workshops that an act is about for them, soonest first. */
type HostedBy = { userId: string; workshopIds: string[] }[];

/**
 * A published workshop takes the hours of its hosts: who is named by somebody else is told of it, and who is taken out as well, once for all that one act did. Their
 * calendars have its entry.
 */
@Injectable()
export class HostNaming {
  constructor(
    private readonly outbox: Outbox,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Counts, before anything is written, whom an act would make hosts of what is published, each once: as people that one names; and all who would be told of it, also that
   * they host it no more, by what it is. Who leaves it themselves is not counted, and neither is the programme team, which plans for everybody. Throws 429.
   */
  async count({ userId, role }: CohortActor, changed: readonly Renamed[]): Promise<void> {
    if (role === 'staff') return;
    const named = namedIn(changed, userId);
    const removed = removedIn(changed).filter((one) => one.userId !== userId);
    const things = new Map(changed.map(({ after }) => [String(after._id), String(after.seriesId ?? after._id)]));
    const told = [...named, ...removed].flatMap((one) =>
      [...new Set(one.workshopIds.map((id) => things.get(id)))].map((id) => [TOLD, `${id}:${one.userId}`] as const),
    );
    await this.limits.takeAll(told);
    await countNamed(this.limits, userId, named.length);
  }

  /** Writes down, in the transaction of the act, whom `byId` made a host of what is published, and who is one no more. */
  async write(byId: string | null, changed: readonly Renamed[], session: ClientSession): Promise<void> {
    const actId = String(newId());
    const [named, removed] = [namedIn(changed, byId), removedIn(changed)];
    if (named.length > 0) await this.outbox.write(hostsNamed, { byId, named, actId }, session);
    if (removed.length > 0) await this.outbox.write(hostsRemoved, { removed, actId }, session);
  }
}

/** Who hosts something published after an act that they did not host before, and did not name themselves for. */
export const namedIn = (changed: readonly Renamed[], byId: string | null): HostedBy =>
  byPerson(changed, ({ before, after }) => newHostsOf(before, after).filter((userId) => userId !== byId));

/** Who hosted something published before an act and does not after it, by whomever. */
export const removedIn = (changed: readonly Renamed[]): HostedBy =>
  byPerson(changed, ({ before, after }) => {
    if (before?.status !== 'published' || after.status !== 'published') return [];
    const still = new Set(after.hosts.map(String));
    return before.hosts.map(String).filter((host) => !still.has(host));
  });

function byPerson(changed: readonly Renamed[], whom: (one: Renamed) => string[]): HostedBy {
  const people = new Map<string, string[]>();
  for (const one of [...changed].sort(bySoonest))
    for (const userId of whom(one)) people.set(userId, [...(people.get(userId) ?? []), String(one.after._id)]);
  return [...people].map(([userId, workshopIds]) => ({ userId, workshopIds }));
}

/** Who made a draft chose to hold it, whoever publishes it. */
function newHostsOf(before: Hosted | null, after: Hosted): string[] {
  if (after.status !== 'published') return [];
  const knew = before?.status === 'published' ? before.hosts : [after.createdBy];
  const known = new Set(knew.map(String));
  return after.hosts.map(String).filter((host) => !known.has(host));
}

const bySoonest = (one: Renamed, other: Renamed) => one.after.startsAt.getTime() - other.after.startsAt.getTime();
