import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { CYCLE_OF, type Cycle } from '../../contracts/mentoring/cycles.js';
import type { Person } from '../../contracts/primitives.js';
import { type CycleSubject, abilities, daysLeft, partIn } from './cycle.js';
import { CycleProgress } from './cycle-progress.js';
import type { CycleRow } from './cycle.schema.js';

/** What the policy knows of a row. */
export const subjectOf = (row: CycleRow): CycleSubject => ({
  coachId: String(row.coachId),
  fellowId: String(row.fellowId),
  state: row.state,
  hasNote: row.note !== null,
  readers: row.note?.readers.map(String) ?? [],
});

/** Makes replies of cycles. Two queries for any number of them. */
@Injectable()
export class CyclesPresenter {
  constructor(
    private readonly clock: Clock,
    private readonly people: People,
    private readonly progress: CycleProgress,
  ) {}

  async one(actor: CohortActor, row: CycleRow): Promise<Cycle> {
    const [reply] = await this.many(actor, [row]);
    if (!reply) throw new Error('one cycle gives one reply');
    return reply;
  }

  async many(actor: CohortActor, rows: readonly CycleRow[]): Promise<Cycle[]> {
    const now = this.clock.now();
    const [faces, all] = await Promise.all([
      this.people.byId(rows.flatMap((row) => [...row.people, ...(row.endedBy ? [row.endedBy] : [])].map(String))),
      this.progress.of(rows),
    ]);
    // An erased person keeps their place as an id without a name.
    const face = (id: string): Person => faces.get(id) ?? { id, name: '', avatarUrl: null };
    return rows.flatMap((row) => {
      const progress = all.get(String(row._id));
      if (!progress) return [];
      const subject = subjectOf(row);
      const { counted, held, begun, from, until, lapsesOn } = progress;
      // The sessions are the pair's and staff's: who reads the closing note alone sees their number, not when they were.
      const isReader = partIn(actor, subject) === 'reader';
      return {
        id: String(row._id),
        cohortId: String(row.cohortId),
        coach: face(subject.coachId),
        fellow: face(subject.fellowId),
        goal: row.goal,
        state: row.state,
        startedById: String(row.startedBy),
        startedAt: row.startedAt.toISOString(),
        of: CYCLE_OF,
        sessions: isReader
          ? []
          : counted.map(({ id, number, startsAt, status }) => ({
              ...{ id, number, status },
              startsAt: startsAt.toISOString(),
            })),
        held,
        window: { from, until, begun, daysLeft: daysLeft(until, row.timeZone, now) },
        lapsesOn,
        end: row.endedAt
          ? {
              at: row.endedAt.toISOString(),
              by: row.endedBy ? face(String(row.endedBy)) : null,
              word: row.word ?? null,
            }
          : null,
        hasNote: subject.hasNote,
        canReadNote: subject.readers.includes(actor.userId),
        revision: row.revision,
        abilities: abilities(actor, subject, progress, now),
      };
    });
  }
}
