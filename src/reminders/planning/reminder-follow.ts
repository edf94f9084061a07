import { Injectable, type OnModuleInit } from '@nestjs/common';
import { accountGivenBack, personChanged, standingChanged } from '../../auth/auth.events.js';
import {
  cohortChanged,
  cohortClosed,
  invitationsChanged,
  invitationsErased,
  memberChanged,
  memberJoined,
  memberLeft,
  milestoneChanged,
  projectChanged,
} from '../../cohorts/cohorts.events.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { Clock } from '../../common/times/clock.js';
import { tryEach } from '../../common/try-each.js';
import {
  answerAccepted,
  forumLevelChanged,
  postCreated,
  postDeleted,
  postRestored,
  topicChanged,
  topicCreated,
} from '../../forums/forums.events.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { cycleChanged } from '../../mentoring/cycles/cycles.events.js';
import { actionsChanged, noteChanged, sessionChanged } from '../../mentoring/mentoring.events.js';
import { requestChanged } from '../../mentoring/requests/requests.events.js';
import { SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { preferencesChanged } from '../../notifications/notifications.events.js';
import {
  type PlacesChange,
  feedbackGiven,
  guestPlacesChanged,
  placesChanged,
  workshopsChanged,
} from '../../workshops/workshops.events.js';
import { ladderChanged } from '../reminders.events.js';
import { ContactSubjects } from '../sources/contact.subjects.js';
import { GuestSubjects } from '../sources/guest.subjects.js';
import { OfferSubjects } from '../sources/offer.subjects.js';
import type { SubjectRef } from '../sources/subject-source.js';
import { SubjectSources } from '../sources/subject-sources.js';
import { CohortPlanner } from './cohort-planner.js';
import type { SubjectType } from './reminder-plan.js';
import { ReminderPlanner } from './reminder-planner.js';
import { ReminderPlansRepository } from './reminder-plans.repository.js';

/** Rows of the outbox remember it. */
const NAME = 'reminders';

/** Lets reminders follow what happens: every fact of the outbox that a plan depends on plans its subjects again, from state. */
@Injectable()
export class ReminderFollow implements OnModuleInit {
  /**
   * Who came, went or is somebody else in a cohort: its days are planned again for them. All that are waiting for one cohort are planned together, since each alone
   * would read the ten months and everybody in them.
   */
  private readonly memberDays = new BatchPerKey<string, void>(async (cohortId, userIds) => {
    await this.planDays(cohortId, [...new Set(userIds)]);
    return userIds.map(() => undefined);
  });

  /** Who follows something in a forum more or less closely: all its questions that wait are planned again for them, and read once for all of them. */
  private readonly followers = new BatchPerKey<string, void>(async (cohortId, userIds) => {
    const topics = await this.sources.of('topic').ofCohort(cohortId, this.clock.now());
    await this.planner.plan(topics, [...new Set(userIds)]);
    return userIds.map(() => undefined);
  });

  /** What reaches a person may change again and again: all that they are reminded of is planned once for all that wait. */
  private readonly people = new BatchPerKey<null, void>(async (personId, changes) => {
    await this.planner.planPerson(personId);
    return changes.map(() => undefined);
  });

  /** So may the rules of a cohort. */
  private readonly whole = new BatchPerKey<null, void>(async (cohortId, changes) => {
    await this.cohorts.plan(cohortId);
    return changes.map(() => undefined);
  });

  constructor(
    private readonly outbox: Outbox,
    private readonly planner: ReminderPlanner,
    private readonly plans: ReminderPlansRepository,
    private readonly cohorts: CohortPlanner,
    private readonly sources: SubjectSources,
    private readonly sessions: SessionsReader,
    private readonly contacts: ContactSubjects,
    private readonly guests: GuestSubjects,
    private readonly offers: OfferSubjects,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.followCohorts();
    this.followWorkshops();
    this.followMentoring();
    for (const kind of [topicCreated, topicChanged, postCreated, postDeleted, postRestored, answerAccepted])
      this.outbox.on<{ cohortId: string; topicId: string }>(kind, NAME, ({ cohortId, topicId }) =>
        this.planner.plan(refsTo('topic', cohortId, topicId)),
      );
    this.outbox.on(forumLevelChanged, NAME, ({ cohortId, userId }) => this.followers.ask(cohortId, userId));
    for (const kind of [preferencesChanged, personChanged, standingChanged, accountGivenBack])
      this.outbox.on<{ userId: string }>(kind, NAME, ({ userId }) => this.people.ask(userId, null));
  }

  private followCohorts(): void {
    for (const kind of [cohortChanged, cohortClosed, ladderChanged])
      this.outbox.on<{ cohortId: string }>(kind, NAME, ({ cohortId }) => this.whole.ask(cohortId, null));
    for (const kind of [memberJoined, memberChanged, memberLeft])
      this.outbox.on<{ cohortId: string; userId: string }>(kind, NAME, ({ cohortId, userId }) =>
        this.memberDays.ask(cohortId, userId),
      );
    // Its coach is reminded of its fellows.
    this.outbox.on(projectChanged, NAME, async ({ cohortId }) =>
      this.planner.plan(await this.contacts.ofCohort(cohortId)),
    );
    this.outbox.on(milestoneChanged, NAME, ({ cohortId, milestoneId }) => this.planMilestone(cohortId, milestoneId));
    this.outbox.on(invitationsChanged, NAME, ({ cohortId, invitationIds }) =>
      this.planner.plan(refsTo('invitation', cohortId, ...invitationIds)),
    );
    this.outbox.on(invitationsErased, NAME, ({ invitationIds }) => this.plans.eraseInvited(invitationIds));
  }

  private followWorkshops(): void {
    this.outbox.on(workshopsChanged, NAME, ({ cohortId, workshopIds }) => this.planWorkshops(cohortId, workshopIds));
    this.outbox.on(placesChanged, NAME, (places) => this.planPlaces(places));
    this.outbox.on(guestPlacesChanged, NAME, ({ workshopId, changed }) =>
      tryEach(changed, async (guestId) => this.planner.plan(await this.guests.ofWorkshop(workshopId, guestId))),
    );
    this.outbox.on(feedbackGiven, NAME, ({ cohortId, workshopId, userId }) =>
      this.planner.plan(refsTo('feedback', cohortId, workshopId), [userId]),
    );
  }

  private followMentoring(): void {
    this.outbox.on(sessionChanged, NAME, ({ sessionId }) => this.planSession(sessionId));
    this.outbox.on(noteChanged, NAME, ({ cohortId, sessionId, authorId }) =>
      this.planner.plan(refsTo('notes', cohortId, sessionId), [authorId]),
    );
    this.outbox.on(actionsChanged, NAME, ({ cohortId, actionIds }) =>
      this.planner.plan(refsTo('action', cohortId, ...actionIds)),
    );
    this.outbox.on(requestChanged, NAME, ({ cohortId, requestId }) =>
      this.planner.plan(refsTo('request', cohortId, requestId)),
    );
    this.outbox.on(cycleChanged, NAME, ({ cohortId, cycleId }) =>
      this.planner.plan(refsTo('cycle', cohortId, cycleId)),
    );
  }

  /** What follows the cohort, for those who came or went. */
  private async planDays(cohortId: string, userIds: readonly string[]): Promise<void> {
    await this.planner.plan(await this.sources.daysOf(cohortId, this.clock.now()), userIds);
    // Theirs reminds others, too, and one who left is in no list.
    await this.planner.plan(this.contacts.refsTo(cohortId, userIds));
  }

  /** With what may fall on its day, of which one speaks for the others. */
  private async planMilestone(cohortId: string, milestoneId: string): Promise<void> {
    const ofDay = (['milestone', 'phase'] as const).map((type) =>
      this.sources.of(type).ofCohort(cohortId, this.clock.now()),
    );
    const others = (await Promise.all(ofDay)).flat().filter(({ id }) => id !== milestoneId);
    await this.planner.plan([...refsTo('milestone', cohortId, milestoneId), ...others]);
  }

  /** With what is said of them afterwards, and what people without a place in them are reminded of. */
  private async planWorkshops(cohortId: string, ids: readonly string[]): Promise<void> {
    const beside = await Promise.all(
      ids.flatMap((id): Promise<SubjectRef[]>[] => [this.guests.ofWorkshop(id), this.offers.ofWorkshop(id)]),
    );
    await this.planner.plan([
      ...refsTo('workshop', cohortId, ...ids),
      ...refsTo('feedback', cohortId, ...ids),
      ...beside.flat(),
    ]);
  }

  private async planPlaces({ cohortId, workshopId, changed, offered, marked }: PlacesChange): Promise<void> {
    await this.planner.plan(refsTo('workshop', cohortId, workshopId), changed);
    const offers = offered.length > 0 ? await this.offers.ofWorkshop(workshopId, offered) : [];
    // When it was said who was there moves the time at which all are asked.
    await this.planner.plan([...offers, ...(marked ? refsTo('feedback', cohortId, workshopId) : [])]);
  }

  /** With the notes that are asked for, and since when its fellows had none. */
  private async planSession(sessionId: string): Promise<void> {
    const session = await this.sessions.byId(sessionId);
    if (!session) return;
    const { id, cohortId, participantIds } = session;
    await this.planner.plan([
      ...refsTo('session', cohortId, id),
      ...refsTo('notes', cohortId, id),
      ...this.contacts.refsTo(cohortId, participantIds),
    ]);
  }
}

const refsTo = (type: SubjectType, cohortId: string, ...ids: string[]): SubjectRef[] =>
  ids.map((id) => ({ type, id, cohortId }));
