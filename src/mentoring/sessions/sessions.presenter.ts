import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import type { MentoringSession } from '../../contracts/mentoring/mentoring.js';
import { idOf } from '../../infra/mongo/ids.js';
import { ActionsRepository } from '../actions/actions.repository.js';
import { carriedInto, seesAction } from '../actions/carried.js';
import { CycleProgress } from '../cycles/cycle-progress.js';
import { lateFrom } from '../scheduling/late-cancel.js';
import { abilities, partIn } from '../mentoring.policy.js';
import { coachIdsOf, pairsOf } from '../coaches/pairs.js';
import { subjectOf } from './session.facts.js';
import type { Session } from './sessions.repository.js';

/** Makes replies of sessions: faces, open actions and what the reader may do. Two queries for any number of sessions, four where some are of a cycle. */
@Injectable()
export class SessionsPresenter {
  constructor(
    private readonly clock: Clock,
    private readonly people: People,
    private readonly actions: ActionsRepository,
    private readonly cycles: CycleProgress,
  ) {}

  async one(actor: CohortActor, session: Session): Promise<MentoringSession> {
    const [reply] = await this.many(actor, [session]);
    if (!reply) throw new Error('one session gives one reply');
    return reply;
  }

  async many(actor: CohortActor, sessions: readonly Session[]): Promise<MentoringSession[]> {
    const now = this.clock.now();
    const [faces, open, places] = await Promise.all([
      this.people.byId(
        sessions.flatMap((session) => [...session.people, session.bookedBy, ...steppedIn(session)].map(String)),
      ),
      this.actions.openOfPairs(idOf(actor.cohortId), sessions.flatMap(pairsOf)),
      this.cycles.placesOf(sessions),
    ]);
    return sessions.map((session) => {
      const [subject, participants] = [subjectOf(session), session.participantIds.map(String)];
      return {
        id: String(session._id),
        cohortId: String(session.cohortId),
        coachId: String(session.coachId),
        secondCoachId: session.second ? String(session.second.coachId) : null,
        participants,
        people: [...coachIdsOf(session), ...participants].flatMap((id) => faces.get(id) ?? []),
        bookedBy: String(session.bookedBy),
        startsAt: session.startsAt.toISOString(),
        endsAt: session.endsAt.toISOString(),
        status: session.status,
        kind: session.kind ?? null,
        need: session.need,
        link: session.link ?? null,
        cycle: places.get(String(session._id)) ?? null,
        series: placeInSeries(session),
        cancelReason: session.cancelReason ?? null,
        cancelledLate: session.cancelledLate ?? false,
        cancelLateFrom: lateFrom(partIn(actor, subject), session)?.toISOString() ?? null,
        history: session.history.map((entry) => ({
          at: entry.at.toISOString(),
          byId: String(entry.byId),
          act: entry.act,
          from: entry.from?.toISOString() ?? null,
          to: entry.to?.toISOString() ?? null,
          fromCoach: (entry.fromCoachId && faces.get(String(entry.fromCoachId))) ?? null,
          toCoach: (entry.toCoachId && faces.get(String(entry.toCoachId))) ?? null,
        })),
        revision: session.revision,
        openActions: open.filter(
          (action) =>
            action.sessionId.equals(session._id) || (carriedInto(action, session) && seesAction(actor, action)),
        ).length,
        abilities: abilities(actor, subject, now),
      };
    });
  }
}

function placeInSeries({ series }: Session): MentoringSession['series'] {
  if (!series) return null;
  const { id, number, of, weeks } = series;
  return { id: String(id), number, of, weeks };
}

/** Who handed it over and who took it, over its history. */
const steppedIn = ({ history }: Session) =>
  history.flatMap(({ fromCoachId, toCoachId }) => (fromCoachId && toCoachId ? [fromCoachId, toCoachId] : []));
