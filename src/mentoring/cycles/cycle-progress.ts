import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { MentoringSession } from '../../contracts/mentoring/mentoring.js';
import { CYCLE_OF } from '../../contracts/mentoring/cycles.js';
import { type CycleSessionRow, type Session, SessionsRepository } from '../sessions/sessions.repository.js';
import { type CycleSession, type Progress, progressOf } from './cycle.js';
import type { CycleRow } from './cycle.schema.js';
import { CyclesRepository } from './cycles.repository.js';

/** How far cycles are, by their sessions. */
@Injectable()
export class CycleProgress {
  constructor(
    private readonly cycles: CyclesRepository,
    private readonly sessions: SessionsRepository,
  ) {}

  /** By the cycle's id. One query for any number of them. */
  async of(cycles: readonly CycleRow[]): Promise<Map<string, Progress<CycleSession>>> {
    const rows = cycles.length > 0 ? await this.sessions.ofCycles(cycles.map(({ _id }) => _id)) : [];
    return new Map(
      cycles.map((cycle) => {
        const theirs = rows.filter((row) => isOf(cycle, row));
        return [String(cycle._id), progressOf(cycle, theirs.map(toCycleSession))] as const;
      }),
    );
  }

  async ofOne(cycle: CycleRow): Promise<Progress<CycleSession>> {
    const progress = (await this.of([cycle])).get(String(cycle._id));
    if (!progress) throw new Error('one cycle has one progress');
    return progress;
  }

  /** The place of sessions in their cycles, by the session's id; those without one are left out. Two queries, or none. */
  async placesOf(sessions: readonly Session[]): Promise<Map<string, NonNullable<MentoringSession['cycle']>>> {
    const ids = new Map(sessions.flatMap(({ cycleId }) => (cycleId ? [[String(cycleId), cycleId] as const] : [])));
    if (ids.size === 0) return new Map();
    const cycles = await this.cycles.byIds([...ids.values()]);
    const progress = await this.of(cycles);
    return new Map(
      cycles.flatMap(({ _id, goal }) =>
        (progress.get(String(_id))?.counted ?? []).map(
          ({ id, number }) => [id, { id: String(_id), number, of: CYCLE_OF, goal }] as const,
        ),
      ),
    );
  }

  /** The open cycle to which a session that is booked now belongs: of one coach with one fellow. */
  async forBooking(
    cohortId: Types.ObjectId,
    people: { coachId: Types.ObjectId; hasSecond: boolean; fellowIds: readonly Types.ObjectId[] },
    now: Date,
  ): Promise<Types.ObjectId | null> {
    const [fellowId, ...others] = people.fellowIds;
    if (!fellowId || others.length > 0 || people.hasSecond) return null;
    const cycle = await this.cycles.lastOf({ cohortId, coachId: people.coachId, fellowId });
    return cycle?.open && now < (await this.ofOne(cycle)).lapsesAt ? cycle._id : null;
  }
}

/** A session that was handed to another coach, or left by the fellow, is none of the pair any more. */
const isOf = ({ _id, coachId, fellowId }: CycleRow, session: CycleSessionRow) =>
  session.cycleId.equals(_id) &&
  session.coachId.equals(coachId) &&
  session.participantIds.some((id) => id.equals(fellowId));

const toCycleSession = ({ _id, startsAt, status }: CycleSessionRow): CycleSession => ({
  id: String(_id),
  startsAt,
  status,
});
