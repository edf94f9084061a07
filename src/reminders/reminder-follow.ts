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
import { postCreated, topicChanged, topicCreated } from '../forums/forums.events.js';
import {
  actionChanged,
  noteChanged,
  sessionBooked,
  sessionCancelled,
  sessionCompleted,
  sessionReassigned,
  sessionLeft,
  sessionRescheduled,
} from '../mentoring/mentoring.events.js';
import { cycleChanged } from '../mentoring/cycles/cycles.events.js';
import { requestChanged } from '../mentoring/requests/requests.events.js';
import { preferencesChanged } from '../notifications/notifications.events.js';
import {
  feedbackGiven,
  registrationChanged,
  workshopCancelled,
  workshopChanged,
  workshopPublished,
} from '../workshops/workshops.events.js';
import { CohortPlanner } from './cohort-planner.js';
import { ContactSubjects } from './contact.subjects.js';
import { ReminderPlanner } from './reminder-planner.js';
import { ladderChanged } from './reminders.events.js';
import type { SubjectRef } from './subject-source.js';
import { SubjectSources } from './subject-sources.js';

/** What is to be planned again: a subject, all that one person is reminded of, or the days of a cohort, for all people or one; or all of a
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
    private readonly sources: SubjectSources,
    private readonly contacts: ContactSubjects,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.queues.process(reminderPlan, (job) => {
      if ('ladderOf' in job) return this.cohorts.planFor([job.ladderOf]);
      if ('personId' in job) return this.planner.planPerson(job.personId);
      return 'ref' in job ? this.planSubject(job.ref, job.userId) : this.planDays(job.cohortId, job.userId);
    });
    this.followCohorts();
    this.followSessions();
    this.followWorkshops();
    this.followTopics();
    this.bus.on(requestChanged, ({ cohortId, requestId }) =>
      this.queues.add(reminderPlan, { ref: { type: 'request', id: requestId, cohortId } }),
    );
    this.bus.on(ladderChanged, ({ cohortId }) => this.queues.add(reminderPlan, { ladderOf: cohortId }));
    this.bus.on(cycleChanged, ({ cohortId, cycleId }) =>
      this.queues.add(reminderPlan, { ref: { type: 'cycle', id: cycleId, cohortId } }),
    );
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
      this.bus.on(kind, async ({ cohortId }) => {
        await this.queues.add(reminderPlan, { cohortId });
        await this.queues.add(reminderPlan, { ladderOf: cohortId });
      });
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
      this.bus.on(kind, (event) => this.planBoth(workshop(event), 'feedback'));
    }
    this.bus.on(registrationChanged, async (event) => {
      await this.queues.add(reminderPlan, { ref: workshop(event), userId: event.userId });
      if (event.from === 'attended' || event.to === 'attended') {
        await this.queues.add(reminderPlan, { ref: { ...workshop(event), type: 'feedback' } });
      }
    });
    this.bus.on(feedbackGiven, ({ userId, ...event }) =>
      this.queues.add(reminderPlan, { ref: { ...workshop(event), type: 'feedback' }, userId }),
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
      this.bus.on(kind, async ({ sessionId, cohortId, participantIds }) => {
        await this.planBoth({ type: 'session', id: sessionId, cohortId }, 'notes');
        for (const ref of this.contacts.refsTo(cohortId, participantIds)) await this.queues.add(reminderPlan, { ref });
      });
    }
    this.bus.on(noteChanged, ({ cohortId, sessionId, authorId }) =>
      this.queues.add(reminderPlan, { ref: { type: 'notes', id: sessionId, cohortId }, userId: authorId }),
    );
    this.bus.on(actionChanged, ({ cohortId, actionId }) =>
      this.queues.add(reminderPlan, { ref: { type: 'action', id: actionId, cohortId } }),
    );
  }

  private followTopics(): void {
    for (const kind of [topicCreated, topicChanged, postCreated]) {
      this.bus.on(kind, ({ cohortId, topicId }) =>
        this.queues.add(reminderPlan, { ref: { type: 'topic', id: topicId, cohortId } }),
      );
    }
  }

  /** What is before something, and what is after it. */
  private async planBoth(ref: SubjectRef, after: SubjectRef['type']): Promise<void> {
    for (const type of [ref.type, after]) await this.queues.add(reminderPlan, { ref: { ...ref, type } });
  }

  /** What follows the cohort, for all people or for one who came or went. */
  private async planDays(cohortId: string, userId?: string): Promise<void> {
    for (const source of this.sources.ofCohorts) {
      const refs = await source.ofCohort(cohortId, this.clock.now());
      await this.planner.plan(source.type, refs, userId === undefined ? undefined : [userId]);
    }
    // Theirs reminds others, too, and one who left is in no list.
    if (userId !== undefined) await this.planner.plan('contact', this.contacts.refsTo(cohortId, [userId]));
  }

  private async planSubject(ref: SubjectRef, userId?: string): Promise<void> {
    await this.planner.plan(ref.type, [ref], userId === undefined ? undefined : [userId]);
  }
}
