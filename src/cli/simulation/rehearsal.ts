import type { Connection, Types } from 'mongoose';
import { DAY } from '../../common/times/clock.js';
import type { SessionRow } from '../../mentoring/sessions/session.schema.js';
import type { ReminderPlanner } from '../../reminders/planning/reminder-planner.js';
import type { SubjectSources } from '../../reminders/sources/subject-sources.js';
import type { RegistrationRow } from '../../workshops/registrations/registration.schema.js';
import type { WorkshopRow } from '../../workshops/workshop.schema.js';

/** Sessions are looked at so often. */
const WEEK_MS = 7 * DAY;

/**
 * What people do in a simulation: they come. Whoever goes to a workshop was there when it ends, so that they are asked how it was, and
 * sessions are held. Nobody answers, reads or asks anything. What is planned from it is planned again.
 */
export class Rehearsal {
  constructor(
    private readonly db: Connection,
    private readonly planner: ReminderPlanner,
    private readonly sources: SubjectSources,
    private readonly cohortId: Types.ObjectId,
  ) {}

  /** The instants between two at which {@link happenAt} has something to do, in order. */
  async instants(from: Date, to: Date): Promise<Date[]> {
    const workshops = await this.workshops().find({ cohortId: this.cohortId, status: 'published' }).toArray();
    const times = new Set(workshops.map(({ endsAt }) => endsAt.getTime()));
    for (let at = from.getTime() + WEEK_MS; at < to.getTime(); at += WEEK_MS) times.add(at);
    return [...times]
      .filter((at) => at > from.getTime() && at < to.getTime())
      .sort((a, b) => a - b)
      .map((at) => new Date(at));
  }

  async happenAt(now: Date): Promise<void> {
    const cohortId = String(this.cohortId);
    await this.db
      .collection<SessionRow>('sessions')
      .updateMany({ cohortId: this.cohortId, endsAt: { $lte: now }, status: 'scheduled' }, HELD);
    await this.planner.plan(await this.sources.of('contact').ofCohort(cohortId, now));
    const over = await this.workshops().find({ cohortId: this.cohortId, status: 'published', endsAt: now }).toArray();
    for (const { _id } of over) {
      await this.db
        .collection<RegistrationRow>('registrations')
        .updateMany({ workshopId: _id, status: 'going' }, { $set: { status: 'attended', changedAt: now } });
      await this.planner.plan([{ type: 'feedback', id: String(_id), cohortId }]);
    }
  }

  private workshops() {
    return this.db.collection<WorkshopRow>('workshops');
  }
}

const HELD = { $set: { status: 'held' as const } };
