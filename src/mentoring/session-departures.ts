import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../auth/people.js';
import { memberLeft } from '../cohorts/cohorts.events.js';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { Members } from '../cohorts/members.service.js';
import { Clock, DAY, MINUTE } from '../common/clock.js';
import type { Locale } from '../contracts/primitives.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf } from '../infra/mongo/ids.js';
import { Beats } from '../infra/queue/beats.js';
import { JobQueues, defineQueue } from '../infra/queue/job-queues.js';
import { sessionCancelled, sessionLeft } from './mentoring.events.js';
import { factOf } from './session.facts.js';
import { type Session, SessionsRepository } from './sessions.repository.js';

interface Departure {
  cohortId: string;
  userId: string;
}

/** What becomes of a session, by what is left of it. */
type Fate = 'cancelled' | 'left';

const departures = defineQueue<Departure>('session-departures');

const HEAL_EVERY_MS = 5 * MINUTE;
const LOOK_AHEAD_MS = 2 * DAY;
/** Farther ahead than anybody can book. */
const AHEAD = 2 * 366 * DAY;

const REASONS: Record<Locale, (name: string) => string> = {
  en: (name) => `${name} has left the cohort.`,
  fr: (name) => `${name} a quitté la promotion.`,
};

/**
 * Nobody waits for somebody who has left: when a coach leaves a cohort, or the last fellow of a session, what they had ahead there is
 * called off; from a session with other fellows they are taken out. An event can die with its process: workers look every few minutes at the sessions of the next two days.
 */
@Injectable()
export class SessionDepartures implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly beats: Beats,
    private readonly clock: Clock,
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly people: People,
    private readonly sessions: SessionsRepository,
  ) {}

  onModuleInit(): void {
    this.bus.on(memberLeft, ({ cohortId, userId }) => this.enqueue([{ cohortId, userId }]));
    this.beats.every(HEAL_EVERY_MS, 'session-departures', () => this.heal());
    this.queues.process(departures, (departure) => this.follow(departure));
  }

  /** Finds sessions of the next two days with somebody who is no member any more. One query a cohort. */
  async heal(): Promise<void> {
    const now = this.clock.now();
    const soon = await this.sessions.startingBetween(now, new Date(now.getTime() + LOOK_AHEAD_MS));
    const byCohort = new Map<string, Set<string>>();
    for (const { cohortId, people } of soon) {
      const known = byCohort.get(String(cohortId)) ?? new Set();
      byCohort.set(
        String(cohortId),
        people.reduce((all, person) => all.add(String(person)), known),
      );
    }
    const gone = await Promise.all(
      [...byCohort].map(async ([cohortId, people]) => {
        const members = await this.membersAmong(cohortId, [...people]);
        return [...people].filter((userId) => !members.has(userId)).map((userId) => ({ cohortId, userId }));
      }),
    );
    await this.enqueue(gone.flat());
  }

  private async enqueue(those: readonly Departure[]): Promise<void> {
    await this.queues.addAll(
      departures,
      those.map((data) => ({ data, options: { jobId: `left-${data.cohortId}-${data.userId}` } })),
    );
  }

  private async follow({ cohortId, userId }: Departure): Promise<void> {
    if (await this.members.find(cohortId, userId)) return;
    const now = this.clock.now();
    const ahead = await this.sessions.ofPerson(idOf(userId), now, new Date(now.getTime() + AHEAD));
    const theirs = ahead.filter((one) => String(one.cohortId) === cohortId && one.status === 'scheduled');
    const members = await this.membersAmong(cohortId, [
      ...new Set(theirs.flatMap((session) => session.people.map(String))),
    ]);
    if (theirs.length === 0) return;
    const reason = await this.reason(cohortId, userId);
    for (const session of theirs) {
      if (canTakePlace(session, members)) await this.withdraw(session, userId);
      else await this.cancel(session, userId, reason);
    }
  }

  private async withdraw(session: Session, userId: string): Promise<void> {
    const done = await this.sessions.withdraw(session, idOf(userId), this.entry(session, userId, 'left'));
    if (!done) throw changedMeanwhile();
    const participantIds = session.participantIds.filter((id) => String(id) !== userId);
    this.bus.publish(sessionLeft, factOf({ ...session, participantIds, revision: session.revision + 1 }, userId));
  }

  /** Throws when it was changed meanwhile: the job looks again. */
  private async cancel(session: Session, userId: string, reason: string): Promise<void> {
    const entry = this.entry(session, userId, 'cancelled');
    if (!(await this.sessions.cancel(session._id, session.revision, reason, entry))) throw changedMeanwhile();
    this.bus.publish(sessionCancelled, factOf({ ...session, revision: session.revision + 1 }, userId));
  }

  private entry(session: Session, userId: string, act: Fate) {
    return { at: this.clock.now(), byId: idOf(userId), act, from: session.startsAt };
  }

  private async reason(cohortId: string, userId: string): Promise<string> {
    const [cohort, faces] = await Promise.all([this.cohorts.byId(idOf(cohortId)), this.people.byId([userId])]);
    return REASONS[cohort?.locale ?? 'en'](faces.get(userId)?.name ?? '').trim();
  }

  private async membersAmong(cohortId: string, userIds: readonly string[]): Promise<Set<string>> {
    return new Set((await this.members.list(cohortId, { userIds })).map((member) => member.userId));
  }
}

const changedMeanwhile = () => new Error('a session was changed meanwhile');

/** Its coach is still a member, and so is at least one of its fellows. */
const canTakePlace = ({ coachId, participantIds }: Session, members: ReadonlySet<string>) =>
  members.has(String(coachId)) && participantIds.some((fellow) => members.has(String(fellow)));
