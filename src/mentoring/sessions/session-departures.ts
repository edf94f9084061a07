import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { memberLeft, roleChanged } from '../../cohorts/cohorts.events.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock, DAY } from '../../common/times/clock.js';
import type { Locale } from '../../contracts/primitives.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { HandOvers } from '../handovers/hand-overs.service.js';
import { LeftActions } from '../handovers/left-actions.service.js';
import { LeftNotes } from '../handovers/left-notes.js';
import { sessionCancelled, sessionLeft } from '../mentoring.events.js';
import { coachIdsOf } from '../coaches/pairs.js';
import { factOf } from './session.facts.js';
import { SessionWrites } from './session-writes.repository.js';
import { type Session, SessionsRepository } from './sessions.repository.js';

interface Departure {
  cohortId: string;
  userId: string;
}

/** What somebody gave up: all their sessions by leaving, those they coach by another role; and whom staff chose to take them over. */
interface GivenUp extends Departure {
  hasLeft: boolean;
  successorId: string | null;
  at: Date;
}

/** What becomes of a session that nobody takes over, by what is left of it. */
type SessionOutcome = 'cancelled' | 'left';

/** Farther ahead than anybody can book. */
const AHEAD = 2 * 366 * DAY;

const REASONS: Record<Locale, { left: (name: string) => string; stopped: (name: string) => string }> = {
  en: {
    left: (name) => `${name} has left the cohort.`,
    stopped: (name) => `${name} does not coach in this cohort any more.`,
  },
  fr: {
    left: (name) => `${name} a quitté la promotion.`,
    stopped: (name) => `${name} n’accompagne plus dans cette promotion.`,
  },
};

/**
 * Nobody waits for somebody who has left: when a coach leaves a cohort or takes another role, their sessions ahead go to whom staff
 * chose, where they are free then; of two coaches the second goes on alone; the others, and those whose last fellow left, are called
 * off. From a session with other fellows who left is taken out.
 */
@Injectable()
export class SessionDepartures implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly people: People,
    private readonly sessions: SessionsRepository,
    private readonly writes: SessionWrites,
    private readonly handOvers: HandOvers,
    private readonly actions: LeftActions,
    private readonly notes: LeftNotes,
  ) {}

  onModuleInit(): void {
    for (const kind of [memberLeft, roleChanged]) this.outbox.on(kind, 'sessions', (member) => this.follow(member));
  }

  private async follow({ cohortId, userId }: Departure): Promise<void> {
    const [givenUp] = await this.givenUp(cohortId, [userId]);
    if (!givenUp) return;
    const now = this.clock.now();
    const ahead = await this.sessions.ofPerson(idOf(userId), now, new Date(now.getTime() + AHEAD));
    const theirs = ahead.filter(
      (one) =>
        String(one.cohortId) === cohortId &&
        one.status === 'scheduled' &&
        (givenUp.hasLeft || coachIdsOf(one).includes(userId)),
    );
    const members = await this.membersAmong(cohortId, [
      ...new Set(theirs.flatMap((session) => session.people.map(String))),
    ]);
    const reason = theirs.length > 0 ? await this.reason(givenUp) : '';
    // In time order: of the successor's caps the next sessions take first.
    for (const session of theirs) {
      if (await this.goesOver(session, givenUp)) continue;
      const secondId = secondOf(session, members, userId);
      if (secondId !== null) await this.handOvers.toSecond(session, secondId);
      else if (canTakePlace(session, members, userId)) await this.withdraw(session, userId);
      else await this.cancel(session, userId, reason);
    }
    await this.notes.takeOutOfAll(idOf(cohortId), idOf(userId));
    // Who stays in another role keeps their word themself.
    if (givenUp.hasLeft) await this.actions.follow(givenUp);
  }

  private async goesOver(session: Session, { userId, successorId }: GivenUp): Promise<boolean> {
    if (successorId === null || !session.coachId.equals(userId)) return false;
    return await this.handOvers.toSuccessor(session, { fromId: userId, toId: successorId });
  }

  /** Of these people those who left, and those who once coached and have another role now. Two queries. */
  private async givenUp(cohortId: string, userIds: readonly string[]): Promise<GivenUp[]> {
    const [members, handOvers] = await Promise.all([
      this.members.list(cohortId, { userIds }),
      this.members.handOvers(cohortId, userIds),
    ]);
    const roles = new Map(members.map(({ userId, role }) => [userId, role]));
    return userIds.flatMap((userId): GivenUp[] => {
      const [role, handOver] = [roles.get(userId), handOvers.get(userId)];
      if (role !== undefined && (role === 'coach' || !handOver)) return [];
      const { at = this.clock.now(), toId = null } = handOver ?? {};
      return [{ cohortId, userId, hasLeft: role === undefined, successorId: toId, at }];
    });
  }

  private async withdraw(session: Session, userId: string): Promise<void> {
    const done = await this.writes.withdraw(session, idOf(userId), this.entry(session, userId, 'left'));
    if (!done) throw changedMeanwhile();
    const participantIds = session.participantIds.filter((id) => String(id) !== userId);
    this.bus.publish(sessionLeft, factOf({ ...session, participantIds, revision: session.revision + 1 }, userId));
  }

  /** Throws when it was changed meanwhile: the job looks again. */
  private async cancel(session: Session, userId: string, reason: string): Promise<void> {
    const entry = this.entry(session, userId, 'cancelled');
    if (!(await this.writes.cancel(session._id, session.revision, reason, entry))) throw changedMeanwhile();
    this.bus.publish(sessionCancelled, factOf({ ...session, revision: session.revision + 1 }, userId));
  }

  private entry(session: Session, userId: string, act: SessionOutcome) {
    return { at: this.clock.now(), byId: idOf(userId), act, from: session.startsAt };
  }

  private async reason({ cohortId, userId, hasLeft }: GivenUp): Promise<string> {
    const [cohort, faces] = await Promise.all([this.cohorts.byId(idOf(cohortId)), this.people.byId([userId])]);
    const words = REASONS[cohort?.locale ?? 'en'];
    return words[hasLeft ? 'left' : 'stopped'](faces.get(userId)?.name ?? '').trim();
  }

  private async membersAmong(cohortId: string, userIds: readonly string[]): Promise<Set<string>> {
    return new Set((await this.members.list(cohortId, { userIds })).map((member) => member.userId));
  }
}

const changedMeanwhile = () => new Error('a session was changed meanwhile');

/** Its coach stays, and so does at least one of its fellows. */
const canTakePlace = ({ coachId, participantIds }: Session, members: ReadonlySet<string>, leaverId: string) =>
  !coachId.equals(leaverId) &&
  members.has(String(coachId)) &&
  participantIds.some((fellow) => members.has(String(fellow)));

/** The second coach, where the first one is who gave it up and somebody is still there to be met. */
const secondOf = (
  { coachId, second, participantIds }: Session,
  members: ReadonlySet<string>,
  leaverId: string,
): string | null => {
  const goesOn = coachId.equals(leaverId) && participantIds.some((fellow) => members.has(String(fellow)));
  return goesOn && second && members.has(String(second.coachId)) ? String(second.coachId) : null;
};
