import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock } from '../../common/times/clock.js';
import type { AttendanceMode } from '../../contracts/workshops/workshops.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { PlacesService } from '../registrations/places.service.js';
import { RegistrationsRepository } from '../registrations/registrations.repository.js';
import { WorkshopSeriesRepository } from './workshop-series.repository.js';
import type { Growth, WorkshopSeriesRow } from './workshop-series.schema.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { seriesExtended, seriesJoined, seriesLengthened } from '../workshops.events.js';
import { isFor } from '../workshops.policy.js';
import { WorkshopsRepository } from '../workshops.repository.js';

/** So many dates are asked for at a time: each is a transaction of its own. */
const AT_ONCE = 6;
const STANDS = ['going', 'waitlisted', 'offered'] as const;
const STOOD = [...STANDS, 'attended', 'absent', 'excused'] as const;

/** Somebody on dates of a series. `onAll`: on every one that lay ahead, and on two at least. */
interface OnIt {
  userId: string;
  mode: AttendanceMode;
  onAll: boolean;
}

/**
 * What follows when a series has more dates: who stands on all that lay ahead asks for a place on the new ones, in the order in which they
 * came; the others on it are told. What is to be done is written with the dates, and then whom to tell, so that a process that dies
 * leaves nobody out; done twice it gives nobody a second place, and none to who left one meanwhile.
 */
@Injectable()
export class SeriesGrowth implements OnModuleInit {
  constructor(
    private readonly series: WorkshopSeriesRepository,
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly members: Members,
    private readonly people: People,
    private readonly places: PlacesService,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.on(seriesExtended, 'series growth', ({ seriesId }) => this.serve(idOf(seriesId)));
  }

  private async serve(seriesId: Types.ObjectId): Promise<void> {
    const series = await this.series.byId(seriesId);
    if (!series?.growth) return;
    const { growth } = series;
    const added = (await this.workshops.byIds(growth.added)).filter(
      ({ status, startsAt }) => status === 'published' && startsAt > this.clock.now(),
    );
    const onIt = await this.onIt(seriesId, growth);
    const onAll = onIt.filter((one) => one.onAll);
    // The same one when it is done again after a process died: who was joined before is told along with the rest.
    const actId = String(growth.actId);
    if (added.length > 0) await this.join(series, added, onAll, actId);
    const { joined, others } = await this.toTell(added, onIt);
    await this.transactions.run(async (session) => {
      if (!(await this.series.grown(seriesId, growth, session))) return;
      const workshopIds = added.map((row) => String(row._id));
      if (joined.length > 0) await this.outbox.write(seriesJoined, { userIds: joined, actId, grown: true }, session);
      if (others.length > 0)
        await this.outbox.write(seriesLengthened, { actId, userIds: others, workshopIds }, session);
    });
  }

  private async onIt(seriesId: Types.ObjectId, { before, added }: Growth): Promise<OnIt[]> {
    const last = before.at(-1);
    if (!last) return [];
    const isNew = new Set(added.map(String));
    const earlier = (await this.workshops.ofSeries(seriesId)).filter(({ _id }) => !isNew.has(String(_id)));
    const ids = earlier.map(({ _id }) => _id);
    const [stood, stands, inLine] = await Promise.all([
      this.registrations.userIdsOf(ids, STOOD),
      this.registrations.userIdsOf(before, STANDS),
      this.registrations.inOrder(last, STANDS, {
        after: 0,
        upTo: Number.MAX_SAFE_INTEGER,
        limit: 10_000,
        membersOnly: true,
      }),
    ]);
    const times = countOf(stood);
    const ahead = countOf(stands);
    const first = inLine.map(({ userId, mode }) => ({ userId: String(userId), mode }));
    const known = new Set(first.map(({ userId }) => userId));
    const others = [...ahead.keys()]
      .filter((id) => !known.has(id))
      .map((userId) => ({ userId, mode: 'onsite' as const }));
    return [...first, ...others].map(({ userId, mode }) => ({
      userId,
      mode,
      onAll: ahead.get(userId) === before.length && (times.get(userId) ?? 0) > 1,
    }));
  }

  private async join(
    series: WorkshopSeriesRow,
    added: readonly WorkshopRow[],
    people: readonly OnIt[],
    actId: string,
  ): Promise<void> {
    const userIds = people.map(({ userId }) => userId);
    const [members, crafts, known] = await Promise.all([
      this.members.list(String(series.cohortId), { userIds }),
      this.people.craftsOf(userIds),
      this.registrations.anyOf(
        added.map(({ _id }) => _id),
        userIds.map(idOf),
      ),
    ]);
    const roles = new Map(members.map(({ userId, role }) => [userId, role]));
    const joinOne = async (row: WorkshopRow) => {
      await Promise.all(
        people.map(async ({ userId, mode }) => {
          const role = roles.get(userId);
          if (!role || known.has(`${String(row._id)} ${userId}`)) return;
          const fits = isFor(row, role, crafts.get(userId) ?? null);
          await this.places.ask(String(row._id), {
            kind: 'join',
            userId,
            mode: row.onlineCapacity === null ? null : mode,
            fits,
            actId,
            // They come to every date; where something else lies there, their agenda says so.
            despite: true,
          });
        }),
      );
    };
    for (let from = 0; from < added.length; from += AT_ONCE)
      await Promise.all(added.slice(from, from + AT_ONCE).map(joinOne));
  }

  /** Who stands on new dates by that hears of them as of dates they joined; who stands on none, that they may. */
  private async toTell(
    added: readonly WorkshopRow[],
    onIt: readonly OnIt[],
  ): Promise<{ joined: string[]; others: string[] }> {
    if (added.length === 0) return { joined: [], others: [] };
    const workshopIds = added.map((row) => String(row._id));
    const standing = await this.registrations.userIdsOf(
      added.map((row) => row._id),
      STANDS,
    );
    const on = (userId: string) => workshopIds.filter((id) => standing.get(id)?.includes(userId));
    const hosts = new Set(added.flatMap((row) => row.hosts.map(String)));
    const joined = onIt.filter((one) => one.onAll && on(one.userId).length > 0).map(({ userId }) => userId);
    const others = onIt.map(({ userId }) => userId).filter((id) => on(id).length === 0 && !hosts.has(id));
    return { joined, others };
  }
}

function countOf(byWorkshop: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const userId of [...byWorkshop.values()].flat()) counts.set(userId, (counts.get(userId) ?? 0) + 1);
  return counts;
}
