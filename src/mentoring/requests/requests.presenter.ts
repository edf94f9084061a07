import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import type { Person } from '../../contracts/primitives.js';
import type { HelpRequest } from '../../contracts/mentoring/requests.js';
import { type Standing, abilities, expectedBy } from './request.js';
import type { RequestRow } from './request.schema.js';

/** What the rules know of a row. */
export const standingOf = (row: RequestRow): Standing => ({
  askerId: String(row.askerId),
  ownerId: row.ownerId ? String(row.ownerId) : null,
  craft: row.craft,
  state: row.state,
  askedAt: row.askedAt,
  waitingSince: row.waitingSince,
});

/** Makes replies of requests. Three queries for any number of them. */
@Injectable()
export class RequestsPresenter {
  constructor(
    private readonly clock: Clock,
    private readonly people: People,
    private readonly members: Members,
  ) {}

  async one(actor: CohortActor, craft: string | null, row: RequestRow): Promise<HelpRequest> {
    const [reply] = await this.many(actor, craft, [row]);
    if (!reply) throw new Error('one request gives one reply');
    return reply;
  }

  /** `craft` is that of the actor. */
  async many(actor: CohortActor, craft: string | null, rows: readonly RequestRow[]): Promise<HelpRequest[]> {
    if (rows.length === 0) return [];
    const now = this.clock.now();
    const owners = [...new Set(rows.flatMap((row) => (row.ownerId ? [String(row.ownerId)] : [])))];
    const [faces, coaches] = await Promise.all([
      this.people.byId(rows.flatMap(peopleOf)),
      this.members.list(actor.cohortId, { roles: ['coach'], userIds: owners }),
    ]);
    const isCoach = new Set(coaches.map((coach) => coach.userId));
    // An erased person keeps their place as an id without a name.
    const face = (id: string): Person => faces.get(id) ?? { id, name: '', avatarUrl: null };
    return rows.map((row) => {
      const standing = standingOf(row);
      return {
        id: String(row._id),
        cohortId: String(row.cohortId),
        asker: face(standing.askerId),
        owner: standing.ownerId === null ? null : face(standing.ownerId),
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
        trail: row.trail.map(({ at, byId, act, text, toId }) => ({
          at: at.toISOString(),
          by: face(String(byId)),
          act,
          text,
          to: toId ? face(String(toId)) : null,
        })),
        revision: row.revision,
        abilities: abilities({ ...actor, craft }, standing, now),
      };
    });
  }
}

const peopleOf = (row: RequestRow): string[] =>
  [row.askerId, row.ownerId, ...row.trail.flatMap(({ byId, toId }) => [byId, toId])].flatMap((id) =>
    id ? [String(id)] : [],
  );
