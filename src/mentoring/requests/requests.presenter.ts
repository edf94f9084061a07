import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import type { Person } from '../../contracts/primitives.js';
import type { HelpRequest, RequestSummary } from '../../contracts/mentoring/requests.js';
import { type Standing, abilities, expectedBy } from './request.js';
import type { ListedRequestRow, RequestRow } from './request.schema.js';

/** What the rules know of a row. */
export const standingOf = (row: ListedRequestRow): Standing => ({
  askerId: String(row.askerId),
  ownerId: row.ownerId ? String(row.ownerId) : null,
  craft: row.craft,
  state: row.state,
  askedAt: row.askedAt,
  waitingSince: row.waitingSince,
});

/** Makes replies of requests. Three queries for any number of them, and one more for what was done with one. */
@Injectable()
export class RequestsPresenter {
  constructor(
    private readonly clock: Clock,
    private readonly people: People,
    private readonly members: Members,
  ) {}

  /** With what was done. */
  async one(actor: CohortActor, craft: string | null, row: RequestRow): Promise<HelpRequest> {
    const people = row.trail.flatMap(({ byId, toId }) => idsOf(byId, toId));
    const [[reply], faces] = await Promise.all([this.many(actor, craft, [row]), this.people.byId(people)]);
    if (!reply) throw new Error('one request gives one reply');
    const trail = row.trail.map(({ at, byId, act, text, toId }) => ({
      at: at.toISOString(),
      by: faceOf(byId, faces),
      act,
      text,
      to: toId ? faceOf(toId, faces) : null,
    }));
    return { ...reply, trail };
  }

  /** `craft` is that of the actor. */
  async many(actor: CohortActor, craft: string | null, rows: readonly ListedRequestRow[]): Promise<RequestSummary[]> {
    if (rows.length === 0) return [];
    const now = this.clock.now();
    const owners = [...new Set(rows.flatMap((row) => (row.ownerId ? [String(row.ownerId)] : [])))];
    const [faces, coaches] = await Promise.all([
      this.people.byId(rows.flatMap(({ askerId, ownerId }) => idsOf(askerId, ownerId))),
      this.members.list(actor.cohortId, { roles: ['coach'], userIds: owners }),
    ]);
    const isCoach = new Set(coaches.map((coach) => coach.userId));
    return rows.map((row) => {
      const standing = standingOf(row);
      return {
        id: String(row._id),
        cohortId: String(row.cohortId),
        asker: faceOf(row.askerId, faces),
        owner: row.ownerId ? faceOf(row.ownerId, faces) : null,
        ownerIsCoach: standing.ownerId !== null && isCoach.has(standing.ownerId),
        craft: row.craft,
        need: row.need,
        text: row.text,
        wishedOn: row.wishedOn ?? null,
        state: row.state,
        createdAt: row.createdAt.toISOString(),
        askedAt: row.askedAt.toISOString(),
        waitingSince: row.waitingSince.toISOString(),
        expectedBy: expectedBy(standing, now)?.toISOString() ?? null,
        revision: row.revision,
        abilities: abilities({ ...actor, craft }, standing, now),
      };
    });
  }
}

const idsOf = (...ids: (Types.ObjectId | null | undefined)[]) => ids.flatMap((id) => (id ? [String(id)] : []));

/** An erased person keeps their place as an id without a name. */
const faceOf = (id: Types.ObjectId, faces: ReadonlyMap<string, Person>): Person =>
  faces.get(String(id)) ?? { id: String(id), name: '', avatarUrl: null };
