import { Injectable, type OnModuleInit } from '@nestjs/common';
import { personChanged } from '../auth/auth.events.js';
import { Clock } from '../common/clock.js';
import { EventBus } from '../infra/events/event-bus.js';
import { JobQueues, defineQueue } from '../infra/queue/job-queues.js';
import {
  sessionBooked,
  sessionCancelled,
  sessionCompleted,
  sessionRescheduled,
} from '../mentoring/mentoring.events.js';
import { preferencesChanged } from '../notifications/notifications.events.js';
import {
  registrationChanged,
  workshopCancelled,
  workshopChanged,
  workshopPublished,
} from '../workshops/workshops.events.js';
import { ReminderPlanner } from './reminder-planner.js';
import type { SubjectRef } from './subject-source.js';
import { SubjectSources } from './subject-sources.js';

/** What is to be planned again: a subject, for all or one of its people; or all that one person is reminded of. */
type PlanJob = { ref: SubjectRef; userId?: string } | { personId: string };

export const reminderPlan = defineQueue<PlanJob>('reminder-plan');

/** Lets reminders follow what happens: every event makes a job that plans its subject again from state. */
@Injectable()
export class ReminderFollow implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly planner: ReminderPlanner,
    private readonly sources: SubjectSources,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.queues.process(reminderPlan, (job) =>
      'personId' in job ? this.planPerson(job.personId) : this.planSubject(job.ref, job.userId),
    );
    const workshop = (event: { cohortId: string; workshopId: string }): SubjectRef => ({
      type: 'workshop',
      id: event.workshopId,
      cohortId: event.cohortId,
    });
    for (const kind of [workshopPublished, workshopChanged, workshopCancelled]) {
      this.bus.on(kind, (event) => this.queues.add(reminderPlan, { ref: workshop(event) }));
    }
    this.bus.on(registrationChanged, (event) =>
      this.queues.add(reminderPlan, { ref: workshop(event), userId: event.userId }),
    );
    for (const kind of [sessionBooked, sessionRescheduled, sessionCancelled, sessionCompleted]) {
      this.bus.on(kind, ({ sessionId, cohortId }) =>
        this.queues.add(reminderPlan, { ref: { type: 'session', id: sessionId, cohortId } }),
      );
    }
    this.bus.on(preferencesChanged, ({ userId }) => this.queues.add(reminderPlan, { personId: userId }));
    this.bus.on(personChanged, async ({ userId, timeZoneChanged }) => {
      if (timeZoneChanged) await this.queues.add(reminderPlan, { personId: userId });
    });
  }

  private async planSubject(ref: SubjectRef, userId?: string): Promise<void> {
    await this.planner.plan(ref.type, [ref], userId === undefined ? undefined : [userId]);
  }

  /** A person's zone, quiet hours or channels changed: what they are reminded of is planned again, for them alone. */
  private async planPerson(personId: string): Promise<void> {
    for (const source of this.sources.all) {
      const refs = await source.ofPerson(personId, this.clock.now());
      await this.planner.plan(source.type, refs, [personId]);
    }
  }
}
