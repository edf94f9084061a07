import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { isStopped, verdictOf } from '../calendar/clash.js';
import { Clashes, type Planned, type Viewer, askable } from '../calendar/clashes.service.js';
import { Clock } from '../common/times/clock.js';
import type { WorkshopRow } from './workshop.schema.js';

/** Who changes something, and whether they want it despite what hosts go to then. */
export interface By {
  viewer: Viewer;
  despite?: boolean | undefined;
}

type Hosted = Pick<WorkshopRow, '_id' | 'status' | 'startsAt' | 'endsAt' | 'hosts'>;

/** Nobody in particular: they are shown that somebody is busy, and nothing else. */
const NOBODY: Viewer = { userId: '', cohortId: '', role: 'fellow' };

/** Published workshops claim the time of their hosts, as sessions claim that of their people. */
@Injectable()
export class HostTimes {
  constructor(
    private readonly clashes: Clashes,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks, in a transaction that has written all these changes, whether the hosts have the time that the workshops take anew. Throws 409
   * `host_busy` where one has a session or hosts something else then, 409 `clash` where one goes to something and `by` does not say
   * `despite`; both with `there`, which names nobody who is only asked for, but to staff.
   */
  async mustBeFree(
    changed: readonly { before: Hosted | null; after: Hosted }[],
    by: By | null,
    session: ClientSession,
  ) {
    const now = this.clock.now();
    const planned = changed.flatMap(({ before, after }) => (after.endsAt > now ? takenAnew(before, after) : []));
    if (planned.length === 0) return;
    const viewer = by?.viewer ?? NOBODY;
    const found = await this.clashes.inTurn(planned, session);
    const verdict = (one: (typeof found)[number]) => verdictOf('publish', 'host', one.by, true);
    const stops = found.filter((one) => isStopped(verdict(one), by?.despite === true));
    if (stops.length === 0) return;
    // What is told first is told alone, its code too: whoever plans over their own time learns nothing of that of others.
    const told = askable(viewer, stops);
    const unnamed = viewer.role === 'staff' ? new Set<string>() : newcomers(changed, viewer);
    const refused = told.filter((one) => verdict(one) === 'refused');
    if (refused.length === 0) throw await this.clashes.asking(viewer, told, planned, unnamed);
    const detail = 'A host has something else at that time.';
    throw await this.clashes.problem(viewer, refused, planned, { code: 'host_busy', detail, unnamed });
  }
}

/** Who hosts nothing of it that was published before: nobody told them, so whoever names them asks for their time. */
function newcomers(changed: readonly { before: Hosted | null; after: Hosted }[], { userId }: Viewer): Set<string> {
  const known = changed.flatMap(({ before }) => (before?.status === 'published' ? before.hosts.map(String) : []));
  const hosts = changed.flatMap(({ after }) => after.hosts.map(String));
  return new Set(hosts.filter((host) => host !== userId && !known.includes(host)));
}

/** What a change takes of the time of hosts: all of it when it is published, what is new of it when it moves or is handed to others. */
function takenAnew(before: Hosted | null, after: Hosted): Planned[] {
  if (after.status !== 'published') return [];
  const [from, to] = [after.startsAt.getTime(), after.endsAt.getTime()];
  const had = before?.status === 'published' ? new Set(before.hosts.map(String)) : new Set<string>();
  const lasted = before && from >= before.startsAt.getTime() && to <= before.endsAt.getTime();
  return after.hosts
    .map(String)
    .filter((host) => !(lasted && had.has(host)))
    .map((userId) => ({ userId, from, to, except: String(after._id) }));
}
