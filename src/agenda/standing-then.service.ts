import { Injectable } from '@nestjs/common';
import { People } from '../auth/people.js';
import { closedDay } from '../cohorts/timeline/closed-days.js';
import { ClosedDaysReader } from '../cohorts/timeline/closed-days.reader.js';
import { checkPauses, mustRun } from '../cohorts/cohort-rules.js';
import { Milestones } from '../cohorts/timeline/milestones.service.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { dayOf, instantAt, plusDays } from '../common/times/zoned.js';
import type { ClosedDaysPreview, PreviewClosedDays, StandingThen } from '../contracts/cohorts/closed-days.js';
import type { Person } from '../contracts/primitives.js';
import { SessionsReader } from '../mentoring/sessions/sessions.reader.js';
import { WorkshopsReader } from '../workshops/workshops.reader.js';

const MOST = 200;
/** A cohort has no more sessions to come. */
const MAX_SESSIONS = 10_000;

type Standing = Omit<StandingThen, 'closed' | 'people'> & { on: string; peopleIds: string[] };

/** What stands on days on which a cohort is closed, or would be: nothing moves by itself. */
@Injectable()
export class StandingThenService {
  constructor(
    private readonly closedDays: ClosedDaysReader,
    private readonly workshops: WorkshopsReader,
    private readonly sessions: SessionsReader,
    private readonly milestones: Milestones,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  /** From today to the last day of the cohort. Throws 422 as pauses and a country that cannot be, 409 `cohort_closed`. */
  async preview(actor: CohortActor, body: PreviewClosedDays): Promise<ClosedDaysPreview> {
    mustRun(actor);
    if (body.pauses) checkPauses(body.pauses);
    const { on, timeZone, cohort } = await this.closedDays.ofCohort(actor.cohortId, body);
    const now = this.clock.now();
    const end = instantAt(plusDays(cohort.endsOn, 1), '00:00', timeZone);
    const all = [
      ...(await this.milestonesFrom(actor.cohortId, dayOf(now, timeZone), cohort.endsOn)),
      ...(end > now ? await this.timed(actor.cohortId, now, end, timeZone) : []),
    ];
    const met = all
      .flatMap(({ on: day, ...one }) => {
        const closed = closedDay(day, on);
        return closed ? [{ ...one, closed }] : [];
      })
      .sort((a, b) => a.closed.on.localeCompare(b.closed.on) || (a.startsAt ?? '').localeCompare(b.startsAt ?? ''));
    const shown = met.slice(0, MOST);
    // Who meets whom is for the programme team: an admin from outside sees when.
    const faces =
      actor.role === 'staff'
        ? await this.people.byId(shown.flatMap((one) => one.peopleIds))
        : new Map<string, Person>();
    return {
      items: shown.map(({ peopleIds, ...one }) => ({ ...one, people: peopleIds.flatMap((id) => faces.get(id) ?? []) })),
      more: met.length - shown.length,
    };
  }

  private async milestonesFrom(cohortId: string, from: string, to: string): Promise<Standing[]> {
    const rows = await this.milestones.between([cohortId], from, to);
    return rows.map(({ id, title, titleKey, on }) => ({
      ...{ kind: 'milestone' as const, id, title, titleKey, on },
      ...{ startsAt: null, peopleIds: [] },
    }));
  }

  private async timed(cohortId: string, from: Date, to: Date, timeZone: string): Promise<Standing[]> {
    const [workshops, sessions] = await Promise.all([
      this.workshops.plannedIn(cohortId, from, to),
      this.sessions.inCohort(cohortId, from, to, MAX_SESSIONS),
    ]);
    return [
      ...workshops.map(({ id, title, startsAt, timeZone: zone }) => ({
        ...{ kind: 'workshop' as const, id, title, titleKey: null, startsAt: startsAt.toISOString() },
        ...{ on: dayOf(startsAt, zone), peopleIds: [] },
      })),
      ...sessions
        .filter(({ status }) => status === 'scheduled')
        .map(({ id, startsAt, coachId, secondCoachId, participantIds }) => ({
          ...{ kind: 'session' as const, id, title: null, titleKey: null, startsAt: startsAt.toISOString() },
          on: dayOf(startsAt, timeZone),
          peopleIds: [coachId, ...(secondCoachId ? [secondCoachId] : []), ...participantIds],
        })),
    ];
  }
}
