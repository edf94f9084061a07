import { Injectable, type OnModuleInit } from '@nestjs/common';
import { personChanged } from '../auth/auth.events.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf } from '../infra/mongo/ids.js';
import { JobQueues, defineQueue } from '../infra/queue/job-queues.js';
import { preferencesChanged } from '../notifications/notifications.events.js';
import {
  registrationChanged,
  workshopCancelled,
  workshopChanged,
  workshopPublished,
} from '../workshops/workshops.events.js';
import type { SubjectType } from './reminder-plan.js';
import { ReminderPlanner } from './reminder-planner.js';
import { RemindersRepository } from './reminders.repository.js';
import type { SubjectRef } from './subject-source.js';

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
    private readonly reminders: RemindersRepository,
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
    const planned = await this.reminders.plannedSubjectsOf(idOf(personId));
    const byType = new Map<SubjectType, Map<string, SubjectRef>>();
    for (const { cohortId, subject } of planned) {
      const refs = byType.get(subject.type) ?? new Map<string, SubjectRef>();
      refs.set(String(subject.id), { type: subject.type, id: String(subject.id), cohortId: String(cohortId) });
      byType.set(subject.type, refs);
    }
    for (const [type, refs] of byType) await this.planner.plan(type, [...refs.values()], [personId]);
  }
}
