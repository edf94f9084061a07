import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, forbidden, invalidField, notFound } from '../../common/problem.js';
import type { NoteShares, ShareNotes } from '../../contracts/mentoring/hand-overs.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { noteChanged } from '../mentoring.events.js';
import { partIn } from '../mentoring.policy.js';
import { type Passing, NotesRepository } from '../notes/notes.repository.js';
import { coachIdsOf, formerCoachesOf } from '../coaches/pairs.js';
import { subjectOf } from '../sessions/session.facts.js';
import { SessionWrites } from '../sessions/session-writes.repository.js';
import type { Session } from '../sessions/sessions.repository.js';
import { SessionsService } from '../sessions/sessions.service.js';

/**
 * What a fellow lets the new coach of a session read: the notes of the sessions they had alone with the one who handed it over. Nothing
 * is shared by the hand-over itself, and nobody but the fellow shares. What coach or team wrote for others stays with its readers. Who was let in is
 * what the notes say: all of them are named and can be taken out again, wherever the session went since, and a hand-over takes its leaver out.
 */
@Injectable()
export class NoteSharing {
  constructor(
    private readonly sessions: SessionsService,
    private readonly writes: SessionWrites,
    private readonly notes: NotesRepository,
    private readonly people: People,
    private readonly bus: EventBus,
  ) {}

  /** Throws 404 for who does not see the session, 403 for who is not its fellow. */
  async list(actor: CohortActor, sessionId: string): Promise<NoteShares> {
    const session = await this.ofFellow(actor, sessionId);
    const passings = passingsOf(session, actor.userId);
    const [counts, letIn] = await Promise.all([
      Promise.all(passings.map((one) => this.notes.countPassing(session.cohortId, one))),
      this.notes.letIn(session.cohortId, idOf(actor.userId), coachesEver(session)),
    ]);
    const isOf = (one: Passing) => (other: Passing) => other.fromId.equals(one.fromId) && other.toId.equals(one.toId);
    const shares = [
      ...passings.map((one, index) => ({ ...one, notes: counts[index]?.notes ?? 0, isShared: letIn.some(isOf(one)) })),
      ...letIn.filter((one) => !passings.some(isOf(one))).map((one) => ({ ...one, isShared: true })),
    ];
    const faces = await this.people.byId(shares.flatMap(({ fromId, toId: to }) => [String(fromId), String(to)]));
    const items = shares.flatMap(({ fromId, toId: to, notes, isShared }) => {
      const [from, reader] = [faces.get(String(fromId)), faces.get(String(to))];
      return from && reader && notes > 0 ? [{ from, to: reader, notes, isShared }] : [];
    });
    return { items, nextCursor: null };
  }

  /**
   * Says whether they may; saying it again changes nothing. Throws as {@link list}, 409 `stale` where the session is handed over at the same moment, and
   * 422 `/fromCoachId` `never_had_it`, `/toCoachId` `not_in_session`.
   */
  async share(actor: CohortActor, sessionId: string, body: ShareNotes): Promise<NoteShares> {
    const session = await this.ofFellow(actor, sessionId);
    const told = body.shared ? await this.letRead(actor, session, body) : await this.takeBack(actor, session, body);
    this.bus.publish(noteChanged, {
      cohortId: actor.cohortId,
      sessionId: String(session._id),
      noteId: '',
      authorId: actor.userId,
      readerIds: [actor.userId, ...told.map(String)],
    });
    return await this.list(actor, sessionId);
  }

  private async letRead(actor: CohortActor, session: Session, { fromCoachId, toCoachId }: ShareNotes) {
    const passing = passingsOf(session, actor.userId).find(({ fromId }) => fromId.equals(toId(fromCoachId)));
    if (!passing) throw invalidField('/fromCoachId', 'never_had_it');
    if (toCoachId !== undefined && !passing.toId.equals(toId(toCoachId)))
      throw invalidField('/toCoachId', 'not_in_session');
    const isDone = await this.writes.whileAsRead(session, (transaction) =>
      this.notes.letRead(session.cohortId, passing, transaction),
    );
    if (!isDone) throw conflict('stale', 'It was changed meanwhile. Look again.');
    return [passing.toId];
  }

  private async takeBack(actor: CohortActor, session: Session, { fromCoachId, toCoachId }: ShareNotes) {
    const from = coachesEver(session).filter((coach) => coach.equals(toId(fromCoachId)));
    if (from.length === 0) throw invalidField('/fromCoachId', 'never_had_it');
    const letIn = await this.notes.letIn(session.cohortId, idOf(actor.userId), from);
    const out = letIn.filter((one) => toCoachId === undefined || one.toId.equals(toId(toCoachId)));
    for (const one of out) await this.notes.takeBack(session.cohortId, one);
    return out.map((one) => one.toId);
  }

  private async ofFellow(actor: CohortActor, sessionId: string): Promise<Session> {
    const session = await this.sessions.visible(actor, sessionId);
    if (!partIn(actor, subjectOf(session))) throw notFound();
    if (!session.participantIds.some((fellow) => fellow.equals(actor.userId))) throw forbidden();
    return session;
  }
}

/** Each coach that a session has or had. */
const coachesEver = (session: Session) => [
  ...new Map([...formerCoachesOf(session), ...coachIdsOf(session).map(idOf)].map((id) => [String(id), id])).values(),
];

/** From each coach who handed it over, the one who has their place now, however often it went on. */
function passingsOf(session: Session, fellowId: string): Passing[] {
  const there = coachIdsOf(session);
  const steps = session.history.filter((entry) => entry.fromCoachId && entry.toCoachId);
  const seen = new Set<string>();
  return steps.flatMap((entry, index) => {
    const from = String(entry.fromCoachId);
    if (seen.has(from) || there.includes(from)) return [];
    seen.add(from);
    const to = steps
      .slice(index)
      .reduce((at, one) => (String(one.fromCoachId) === at ? String(one.toCoachId) : at), from);
    return there.includes(to) ? [{ fromId: idOf(from), toId: idOf(to), fellowId: idOf(fellowId) }] : [];
  });
}
