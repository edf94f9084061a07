import { Injectable, type OnModuleInit } from '@nestjs/common';
import { personChanged, standingChanged } from '../../auth/auth.events.js';
import {
  cohortChanged,
  cohortClosed,
  memberChanged,
  memberJoined,
  memberLeft,
  milestoneChanged,
} from '../../cohorts/cohorts.events.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { Clock } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { JobQueues, defineQueue } from '../../infra/queue/job-queues.js';
import { postCreated, topicChanged, topicCreated } from '../../forums/forums.events.js';
import {
  actionChanged,
  noteChanged,
  sessionBooked,
  sessionCancelled,
  sessionCompleted,
  sessionReassigned,
  sessionLeft,
  sessionRescheduled,
} from '../../mentoring/mentoring.events.js';
import { cycleChanged } from '../../mentoring/cycles/cycles.events.js';
import { requestChanged } from '../../mentoring/requests/requests.events.js';
import { preferencesChanged } from '../../notifications/notifications.events.js';
import {
  feedbackGiven,
  guestPlaceChanged,
  registrationChanged,
  registrationSwitched,
  workshopCancelled,
  workshopChanged,
  workshopPublished,
} from '../../workshops/workshops.events.js';
import { CohortPlanner } from './cohort-planner.js';
import { ContactSubjects } from '../sources/contact.subjects.js';
import { GuestSubjects } from '../sources/guest.subjects.js';
import { OfferSubjects } from '../sources/offer.subjects.js';
import { ReminderPlanner } from './reminder-planner.js';
import { ladderChanged } from '../reminders.events.js';
import type { SubjectRef } from '../sources/subject-source.js';
import { SubjectSources } from '../sources/subject-sources.js';

/** What is to be planned again: subjects; a milestone, with the phases that may end on its day; all that one person is reminded of, or the days of a cohort; or all of a cohort whose ladder
 * changed; or the guests of a workshop, or for whom a place there is held, all or one. */
type PlanJob =
  | { refs: SubjectRef[]; userId?: string }
  | { milestone: SubjectRef }
  | { personId: string }
  | { cohortId: string }
  | { guestsOf: string; guestId?: string }
  | { offersOf: string; userId?: string }
  | { ladderOf: string };

export const reminderPlan = defineQueue<PlanJob>('reminder-plan');

/**
 * Who came, went or is somebody else in a cohort: its days are planned again for them. All that are waiting for one cohort are planned together,
 * since each alone would read the ten months and everybody in them: a job here does little more than wait for the others.
 */
export const reminderMember = defineQueue<{ cohortId: string; userId: string }>('reminder-member', 64);

/** Lets reminders follow what happens: every event makes a job that plans its subject again from state. */
@Injectable()
export class ReminderFollow implements OnModuleInit {
  private readonly memberDays = new BatchPerKey<string, void>(async (cohortId, userIds) => {
    await this.planDays(cohortId, [...new Set(userIds)]);
    return userIds.map(() => undefined);
  });

  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly planner: ReminderPlanner,
    private readonly cohorts: CohortPlanner,
    private readonly sources: SubjectSources,
    private readonly contacts: ContactSubjects,
    private readonly guests: GuestSubjects,
    private readonly offers: OfferSubjects,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.queues.process(reminderPlan, (job) => {
      if ('guestsOf' in job) return this.planGuests(job.guestsOf, job.guestId);
      if ('offersOf' in job) return this.planOffers(job.offersOf, job.userId);
      if ('ladderOf' in job) return this.cohorts.planFor([job.ladderOf]);
      if ('milestone' in job) return this.planMilestone(job.milestone);
      if ('personId' in job) return this.planner.planPerson(job.personId);
      return 'refs' in job ? this.planSubjects(job.refs, job.userId) : this.cohorts.planDays(job.cohortId);
    });
    this.queues.process(reminderMember, ({ cohortId, userId }) => this.memberDays.ask(cohortId, userId));
    this.followCohorts();
    this.followSessions();
    this.followWorkshops();
    this.followTopics();
    this.bus.on(requestChanged, ({ cohortId, requestId }) =>
      this.queues.add(reminderPlan, { refs: [{ type: 'request', id: requestId, cohortId }] }),
    );
    this.bus.on(ladderChanged, ({ cohortId }) => this.queues.add(reminderPlan, { ladderOf: cohortId }));
    this.bus.on(cycleChanged, ({ cohortId, cycleId }) =>
      this.queues.add(reminderPlan, { refs: [{ type: 'cycle', id: cycleId, cohortId }] }),
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
      this.queues.add(reminderPlan, { milestone: { type: 'milestone', id: milestoneId, cohortId } }),
    );
    for (const kind of [cohortChanged, cohortClosed]) {
      this.bus.on(kind, async ({ cohortId }) => {
        await this.queues.add(reminderPlan, { cohortId });
        await this.queues.add(reminderPlan, { ladderOf: cohortId });
      });
    }
    for (const kind of [memberJoined, memberChanged, memberLeft]) {
      this.bus.on(kind, ({ cohortId, userId }) => this.queues.add(reminderMember, { cohortId, userId }));
    }
  }

  private followWorkshops(): void {
    const workshop = (event: { cohortId: string; workshopId: string }): SubjectRef => ({
      type: 'workshop',
      id: event.workshopId,
      cohortId: event.cohortId,
    });
    for (const kind of [workshopPublished, workshopChanged, workshopCancelled]) {
      this.bus.on(kind, async (event) => {
        await this.queues.add(reminderPlan, { refs: [workshop(event), { ...workshop(event), type: 'feedback' }] });
        await this.queues.add(reminderPlan, { guestsOf: event.workshopId });
        await this.queues.add(reminderPlan, { offersOf: event.workshopId });
      });
    }
    this.bus.on(guestPlaceChanged, ({ workshopId, guestId }) =>
      this.queues.add(reminderPlan, { guestsOf: workshopId, guestId }),
    );
    this.bus.on(registrationChanged, async (event) => {
      await this.queues.add(reminderPlan, { refs: [workshop(event)], userId: event.userId });
      if (event.from === 'offered' || event.to === 'offered') {
        await this.queues.add(reminderPlan, { offersOf: event.workshopId, userId: event.userId });
      }
      if (event.from === 'attended' || event.to === 'attended') {
        await this.queues.add(reminderPlan, { refs: [{ ...workshop(event), type: 'feedback' }] });
      }
    });
    // How one comes decides who is brought the link.
    this.bus.on(registrationSwitched, (event) =>
      this.queues.add(reminderPlan, { refs: [workshop(event)], userId: event.userId }),
    );
    this.bus.on(feedbackGiven, ({ userId, ...event }) =>
      this.queues.add(reminderPlan, { refs: [{ ...workshop(event), type: 'feedback' }], userId }),
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
        const session = { id: sessionId, cohortId };
        await this.queues.add(reminderPlan, {
          refs: [
            { type: 'session', ...session },
            { type: 'notes', ...session },
            ...this.contacts.refsTo(cohortId, participantIds),
          ],
        });
      });
    }
    this.bus.on(noteChanged, ({ cohortId, sessionId, authorId }) =>
      this.queues.add(reminderPlan, { refs: [{ type: 'notes', id: sessionId, cohortId }], userId: authorId }),
    );
    this.bus.on(actionChanged, ({ cohortId, actionId }) =>
      this.queues.add(reminderPlan, { refs: [{ type: 'action', id: actionId, cohortId }] }),
    );
  }

  private followTopics(): void {
    for (const kind of [topicCreated, topicChanged, postCreated]) {
      this.bus.on(kind, ({ cohortId, topicId }) =>
        this.queues.add(reminderPlan, { refs: [{ type: 'topic', id: topicId, cohortId }] }),
      );
    }
  }

  /** What follows the cohort, for those who came or went. */
  private async planDays(cohortId: string, userIds: readonly string[]): Promise<void> {
    await this.planner.plan(await this.sources.daysOf(cohortId, this.clock.now()), userIds);
    // Theirs reminds others, too, and one who left is in no list.
    await this.planner.plan(this.contacts.refsTo(cohortId, userIds));
  }

  private async planGuests(workshopId: string, guestId?: string): Promise<void> {
    await this.planner.plan(await this.guests.ofWorkshop(workshopId, guestId));
  }

  private async planOffers(workshopId: string, userId?: string): Promise<void> {
    await this.planner.plan(await this.offers.ofWorkshop(workshopId, userId));
  }

  /** With what may fall on its day, of which one speaks for the others. */
  private async planMilestone(milestone: SubjectRef): Promise<void> {
    const ofDay = (['milestone', 'phase'] as const).map((type) =>
      this.sources.of(type).ofCohort(milestone.cohortId, this.clock.now()),
    );
    const others = (await Promise.all(ofDay)).flat().filter(({ id }) => id !== milestone.id);
    await this.planner.plan([milestone, ...others]);
  }

  private async planSubjects(refs: readonly SubjectRef[], userId?: string): Promise<void> {
    await this.planner.plan(refs, userId === undefined ? undefined : [userId]);
  }
}
