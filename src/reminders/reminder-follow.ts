import { Injectable, type OnModuleInit } from '@nestjs/common';
import { personChanged, standingChanged } from '../auth/auth.events.js';
import {
  cohortChanged,
  cohortClosed,
  memberChanged,
  memberJoined,
  memberLeft,
  milestoneChanged,
} from '../cohorts/cohorts.events.js';
import { Clock } from '../common/clock.js';
import { EventBus } from '../infra/events/event-bus.js';
import { JobQueues, defineQueue } from '../infra/queue/job-queues.js';
import {
  sessionBooked,
  sessionCancelled,
  sessionCompleted,
  sessionReassigned,
  sessionLeft,
  sessionRescheduled,
} from '../mentoring/mentoring.events.js';
import { requestChanged } from '../mentoring/requests/requests.events.js';
import { preferencesChanged } from '../notifications/notifications.events.js';
import {
  registrationChanged,
  workshopCancelled,
  workshopChanged,
  workshopPublished,
} from '../workshops/workshops.events.js';
import { CohortPlanner } from './cohort-planner.js';
import { MilestoneSubjects } from './milestone.subjects.js';
import { ReminderPlanner } from './reminder-planner.js';
import { ladderChanged } from './reminders.events.js';
import type { SubjectRef } from './subject-source.js';

/** What is to be planned again: a subject, all that one person is reminded of, or the milestones of a cohort, for all people or one; or all of a
 * cohort whose ladder changed. */
type PlanJob =
  | { ref: SubjectRef; userId?: string }
  | { personId: string }
  | { cohortId: string; userId?: string }
  | { ladderOf: string };

export const reminderPlan = defineQueue<PlanJob>('reminder-plan');

/** Lets reminders follow what happens: every event makes a job that plans its subject again from state. */
@Injectable()
export class ReminderFollow implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly planner: ReminderPlanner,
    private readonly cohorts: CohortPlanner,
    private readonly milestones: MilestoneSubjects,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.queues.process(reminderPlan, (job) => {
      if ('ladderOf' in job) return this.cohorts.planFor([job.ladderOf]);
      if ('personId' in job) return this.planner.planPerson(job.personId);
      return 'ref' in job ? this.planSubject(job.ref, job.userId) : this.planMilestones(job.cohortId, job.userId);
    });
    this.followCohorts();
    this.followSessions();
    this.followWorkshops();
    this.bus.on(requestChanged, ({ cohortId, requestId }) =>
      this.queues.add(reminderPlan, { ref: { type: 'request', id: requestId, cohortId } }),
    );
    this.bus.on(ladderChanged, ({ cohortId }) => this.queues.add(reminderPlan, { ladderOf: cohortId }));
    this.bus.on(preferencesChanged, ({ userId }) => this.queues.add(reminderPlan, { personId: userId }));
    this.bus.on(personChanged, async ({ userId, timeZoneChanged }) => {
      if (timeZoneChanged) await this.queues.add(reminderPlan, { personId: userId });
    });
    this.bus.on(standingChanged, async ({ userId, quietChanged }) => {
      if (quietChanged) await this.queues.add(reminderPlan, { personId: userId });
    });
  }

  private followCohorts(): void {
    this.bus.on(milestoneChanged, ({ cohortId, milestoneId }) =>
      this.queues.add(reminderPlan, { ref: { type: 'milestone', id: milestoneId, cohortId } }),
    );
    for (const kind of [cohortChanged, cohortClosed]) {
      this.bus.on(kind, ({ cohortId }) => this.queues.add(reminderPlan, { cohortId }));
    }
    for (const kind of [memberJoined, memberChanged, memberLeft]) {
      this.bus.on(kind, ({ cohortId, userId }) => this.queues.add(reminderPlan, { cohortId, userId }));
    }
  }

  private followWorkshops(): void {
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
  }

  private followSessions(): void {
    const kinds = [
      sessionBooked,
      sessionRescheduled,
      sessionReassigned,
      sessionLeft,
      sessionCancelled,
      sessionCompleted,
    ];
    for (const kind of kinds) {
      this.bus.on(kind, ({ sessionId, cohortId }) =>
        this.queues.add(reminderPlan, { ref: { type: 'session', id: sessionId, cohortId } }),
      );
    }
  }

  private async planMilestones(cohortId: string, userId?: string): Promise<void> {
    const refs = await this.milestones.ofCohorts([cohortId], this.clock.now());
    await this.planner.plan('milestone', refs, userId === undefined ? undefined : [userId]);
  }

  private async planSubject(ref: SubjectRef, userId?: string): Promise<void> {
    await this.planner.plan(ref.type, [ref], userId === undefined ? undefined : [userId]);
  }
}
