import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { forbidden, invalidField, notFound } from '../../common/problem.js';
import type { NoteShares, ShareNotes } from '../../contracts/mentoring/hand-overs.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { noteChanged } from '../mentoring.events.js';
import { partIn } from '../mentoring.policy.js';
import { type Passing, NotesRepository } from '../notes/notes.repository.js';
import { coachIdsOf } from '../coaches/pairs.js';
import { subjectOf } from '../sessions/session.facts.js';
import type { Session } from '../sessions/sessions.repository.js';
import { SessionsService } from '../sessions/sessions.service.js';

/**
 * What a fellow lets the new coach of a session read: the notes of the sessions they had alone with the one who handed it over. Nothing
 * is shared by the hand-over itself, and nobody but the fellow shares. What coach or team wrote for others stays with its readers.
 */
@Injectable()
export class NoteSharing {
  constructor(
    private readonly sessions: SessionsService,
    private readonly notes: NotesRepository,
    private readonly people: People,
    private readonly bus: EventBus,
  ) {}

  /** Throws 404 for who does not see the session, 403 for who is not its fellow. */
  async list(actor: CohortActor, sessionId: string): Promise<NoteShares> {
    const session = await this.ofFellow(actor, sessionId);
    const passings = passingsOf(session, actor.userId);
    const [faces, counts] = await Promise.all([
      this.people.byId(passings.flatMap(({ fromId, toId: to }) => [String(fromId), String(to)])),
      Promise.all(passings.map((one) => this.notes.countPassing(session.cohortId, one))),
    ]);
    const items = passings.flatMap(({ fromId, toId: to }, index) => {
      const [from, reader, count] = [faces.get(String(fromId)), faces.get(String(to)), counts[index]];
      return from && reader && count && count.notes > 0
        ? [{ from, to: reader, notes: count.notes, isShared: count.shared > 0 }]
        : [];
    });
    return { items, nextCursor: null };
  }

  /** Says whether they may; saying it again changes nothing. Throws as {@link list}, and 422 `/fromCoachId` `never_had_it`. */
  async share(actor: CohortActor, sessionId: string, body: ShareNotes): Promise<NoteShares> {
    const session = await this.ofFellow(actor, sessionId);
    const passing = passingsOf(session, actor.userId).find(({ fromId }) => fromId.equals(toId(body.fromCoachId)));
    if (!passing) throw invalidField('/fromCoachId', 'never_had_it');
    await this.notes.pass(session.cohortId, passing, body.shared);
    this.bus.publish(noteChanged, {
      cohortId: actor.cohortId,
      sessionId: String(session._id),
      noteId: '',
      authorId: actor.userId,
      readerIds: [actor.userId, String(passing.toId)],
    });
    return await this.list(actor, sessionId);
  }

  private async ofFellow(actor: CohortActor, sessionId: string): Promise<Session> {
    const session = await this.sessions.visible(actor, sessionId);
    if (!partIn(actor, subjectOf(session))) throw notFound();
    if (!session.participantIds.some((fellow) => fellow.equals(actor.userId))) throw forbidden();
    return session;
  }
}

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
