import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../common/actor.js';
import { forbidden } from '../common/problem.js';
import type { MovePreview } from '../contracts/calendar.js';
import { SessionsService } from '../mentoring/sessions/sessions.service.js';
import { RemindersReader } from '../reminders/reminders.reader.js';
import { WorkshopsReader } from '../workshops/workshops.reader.js';
import { WorkshopsService } from '../workshops/workshops.service.js';

/** What follows when something gets another time, told before it does. */
@Injectable()
export class MovePreviews {
  constructor(
    private readonly workshops: WorkshopsService,
    private readonly workshopFacts: WorkshopsReader,
    private readonly sessions: SessionsService,
    private readonly reminders: RemindersReader,
  ) {}

  /** Throws 404 for who may not see the workshop, 403 for who may not move it. */
  async ofWorkshop(actor: CohortActor, workshopId: string): Promise<MovePreview> {
    const workshop = await this.workshops.get(actor, workshopId);
    if (!workshop.abilities.edit) throw forbidden();
    const [going, waiting, reminders] = await Promise.all([
      this.workshopFacts.goingIds(workshop.id),
      this.workshopFacts.waitingIds(workshop.id),
      this.reminders.plannedFor(workshop.id),
    ]);
    const known = new Set([...going, ...waiting]);
    const others = workshop.hosts.filter((host) => !known.has(host)).length;
    return { going: going.length, waiting: waiting.length, others, reminders };
  }

  /** Throws 404 for who is not in the session, 403 for who may not move it (any more). */
  async ofSession(actor: CohortActor, sessionId: string): Promise<MovePreview> {
    const session = await this.sessions.get(actor, sessionId);
    if (!session.abilities.reschedule) throw forbidden();
    const people = [session.coachId, session.secondCoachId, ...session.participants];
    const others = people.filter((userId) => userId && userId !== actor.userId).length;
    return { going: 0, waiting: 0, others, reminders: await this.reminders.plannedFor(session.id) };
  }
}
