import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { isDeepStrictEqual } from 'node:util';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { pageOf } from '../../common/cursor.js';
import { conflict, forbidden, notFound } from '../../common/problem.js';
import { lengthOfBody } from '../../common/texts/within.js';
import {
  type Note,
  NoteAudience,
  type Notes,
  type UpdateNote,
  type WriteNote,
} from '../../contracts/mentoring/mentoring.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, sentId, toId } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { timePlaceOf } from '../../infra/mongo/time-place.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { countText } from '../../infra/redis/text-of-day.js';
import { noteChanged } from '../mentoring.events.js';
import { abilities, partIn } from '../mentoring.policy.js';
import { NoteCircles } from './note-circles.js';
import { type Circle, narrowed, readersOf } from './note-readers.js';
import type { NoteRow } from './note.schema.js';
import { named, toNote } from './note-view.js';
import { NotesRepository } from './notes.repository.js';
import { coachIdsOf, pairsEver, pairsOf } from '../coaches/pairs.js';
import { subjectOf } from '../sessions/session.facts.js';
import { SessionWrites } from '../sessions/session-writes.repository.js';
import { type Session, SessionsRepository } from '../sessions/sessions.repository.js';

/** Far more than anybody writes in one session. */
const MAX_OF_AUTHOR = 200;

/**
 * Notes of sessions. Who may read one was decided when it was saved, as a list of people; no role opens it afterwards, neither staff's
 * nor an admin's.
 */
@Injectable()
export class NotesService {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly people: People,
    private readonly circles: NoteCircles,
    private readonly sessions: SessionsRepository,
    private readonly notes: NotesRepository,
    private readonly limits: RateLimits,
    private readonly writes: SessionWrites,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The notes that the actor may read of this session, and, for who takes part in it, older ones of the pair; newest first. A reader who
   * does not see the session (a teammate, say) gets its notes alone; whoever reads none of it: 404. `audiences` names the readers that a
   * new note would have.
   */
  async list(
    actor: CohortActor,
    sessionId: string,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<Notes> {
    const session = await this.session(actor, sessionId);
    const part = partIn(actor, subjectOf(session));
    const asked = {
      ...{ session, pairs: pairsEver(session), reader: idOf(actor.userId) },
      before: part === null ? null : session.startsAt,
    };
    const after = query.cursor === undefined ? null : timePlaceOf(query.cursor);
    const rows = await this.notes.page({ ...asked, after, limit: query.limit + 1 });
    // Who does not see the session sees none of it, on no page, where no note of it is theirs to read.
    const isReader =
      rows.length > 0 || (after && (await this.notes.page({ ...asked, after: null, limit: 1 })).length > 0);
    if (part === null && !isReader) throw notFound();
    const { items, nextCursor } = pageOf(
      rows,
      query.limit,
      (note) => [note.createdAt.toISOString(), String(note._id)],
      lengthOfBody,
    );
    const circle = this.mayWrite(actor, session) ? await this.circle(actor.userId, session) : null;
    const audiences = circle
      ? NoteAudience.options.map((audience) => ({ audience, readers: readersOf(audience, circle) }))
      : [];
    const faces = await this.people.byId([
      ...items.flatMap((note) => note.readers.map(String)),
      ...audiences.flatMap((one) => one.readers),
    ]);
    return {
      items: items.map((note) => toNote(actor, note, faces)),
      audiences: audiences.map(({ audience, readers }) => ({ audience, readers: named(readers, faces) })),
      nextCursor,
    };
  }

  /**
   * Saves a note for the people whom its audience means now. One that was sent before, by its `clientId`, is answered as it is. Throws
   * 403 for who does not take part, 409 `too_many_notes` beyond some 200 of one person in a session, 409 `stale` where the session goes to others at the
   * same moment: its author was shown other readers. 429 `text_day_full`.
   */
  async write(actor: CohortActor, sessionId: string, body: WriteNote): Promise<Note> {
    let session = await this.writable(actor, sessionId);
    await this.mayAdd(session, actor.userId, body.clientId);
    await countText(this.limits, actor.userId, body.body);
    let note = await this.noteFor(actor, session, body);
    for (;;) {
      const kept = await this.insert(note, session, body.clientId);
      if (kept === note) this.changed(note);
      if (kept) return toNote(actor, kept, await this.people.byId(kept.readers.map(String)));
      // Where it was moved or settled meanwhile, the same people read the note.
      session = await this.writable(actor, sessionId);
      const { readers } = note;
      note = await this.noteFor(actor, session, body);
      if (!isDeepStrictEqual(note.readers.map(String), readers.map(String)))
        throw conflict('stale', 'It was changed meanwhile. Look again.');
    }
  }

  /** The session in which one may write. Throws 404, 403. */
  private async writable(actor: CohortActor, sessionId: string): Promise<Session> {
    const session = await this.session(actor, sessionId);
    if (!partIn(actor, subjectOf(session))) throw notFound();
    if (!this.mayWrite(actor, session)) throw forbidden();
    return session;
  }

  private async noteFor(
    actor: CohortActor,
    session: Session,
    { body, audience, clientId }: WriteNote,
  ): Promise<NoteRow> {
    const now = this.clock.now();
    const readers = readersOf(audience, await this.circle(actor.userId, session));
    return {
      _id: sentId('note', String(session._id), actor.userId, clientId),
      cohortId: session.cohortId,
      sessionId: session._id,
      pairs: pairsOf(session),
      authorId: idOf(actor.userId),
      body,
      audience,
      readers: readers.map(idOf),
      sharedWith: [],
      createdAt: now,
      updatedAt: now,
    };
  }

  /** Changes words or narrows the audience. Throws 409 `audience_grows`, 409 `stale`, 403 for a reader who is not the author, 429 `text_day_full`. */
  async update(actor: CohortActor, sessionId: string, noteId: string, body: UpdateNote): Promise<Note> {
    const session = await this.session(actor, sessionId);
    const id = toId(noteId);
    const note = id && (await this.notes.readable(session.cohortId, idOf(actor.userId), session._id, id));
    if (!note) throw notFound();
    if (!note.authorId.equals(actor.userId)) throw forbidden();
    const audience = body.audience ?? note.audience;
    const readers = narrowed(
      { audience: note.audience, readers: note.readers.map(String) },
      audience,
      await this.circle(actor.userId, session),
    );
    if (!readers) throw conflict('audience_grows', 'A note can be for fewer people than before, not for others.');
    if (body.body !== undefined) await countText(this.limits, actor.userId, body.body);
    const change = {
      body: body.body ?? note.body,
      audience,
      readers: readers.map(idOf),
      updatedAt: this.clock.now(),
    };
    if (!(await this.notes.update(note, change))) throw conflict('stale', 'It was changed meanwhile. Look again.');
    this.changed({ ...note, ...change });
    return toNote(actor, { ...note, ...change }, await this.people.byId(readers));
  }

  /** What was sent before is answered, however many there are. */
  private async mayAdd(
    session: Session,
    authorId: string,
    clientId: string | undefined,
    inSession?: ClientSession,
  ): Promise<void> {
    const author = idOf(authorId);
    const mine = { sessionId: session._id, authorId: author, pairs: pairsEver(session) };
    if ((await this.notes.countOf(mine, MAX_OF_AUTHOR, inSession)) < MAX_OF_AUTHOR) return;
    const id = clientId === undefined ? null : sentId('note', String(session._id), authorId, clientId);
    if (id && (await this.notes.readable(session.cohortId, author, session._id, id))) return;
    throw conflict(
      'too_many_notes',
      'You wrote 200 notes in this session: write into one of them, or in another session.',
    );
  }

  /**
   * The note itself, or that which its author sent before; null where the session is not as it was read. Its author is held, so that of many at once each
   * counts the others, and the session, so that nobody hands it over while it is written for who has it.
   */
  private async insert(note: NoteRow, session: Session, clientId: string | undefined): Promise<NoteRow | null> {
    try {
      const isDone = await this.writes.whileAsRead(session, async (transaction) => {
        await this.people.hold(note.authorId, transaction);
        await this.mayAdd(session, String(note.authorId), clientId, transaction);
        await this.notes.insert(note, transaction);
        await this.outbox.write(noteChanged, factOf(note), transaction);
      });
      if (isDone) return note;
    } catch (error) {
      if (!isDuplicateKey(error, '_id_')) throw error;
    }
    return await this.notes.readable(note.cohortId, note.authorId, note.sessionId, note._id);
  }

  private async session(actor: CohortActor, sessionId: string): Promise<Session> {
    const id = toId(sessionId);
    const session = id && (await this.sessions.inCohort(idOf(actor.cohortId), id));
    if (!session) throw notFound();
    return session;
  }

  private mayWrite(actor: CohortActor, session: Session): boolean {
    return abilities(actor, subjectOf(session), this.clock.now()).addNote;
  }

  private async circle(authorId: string, session: Session): Promise<Circle> {
    return await this.circles.of(String(session.cohortId), {
      authorId,
      coachIds: coachIdsOf(session),
      participantIds: session.participantIds.map(String),
    });
  }

  private changed(note: NoteRow): void {
    this.bus.publish(noteChanged, factOf(note));
  }
}

const factOf = (note: NoteRow) => ({
  cohortId: String(note.cohortId),
  sessionId: String(note.sessionId),
  noteId: String(note._id),
  authorId: String(note.authorId),
  readerIds: note.readers.map(String),
});
