import type { CohortActor } from '../../common/actor.js';
import type { Note } from '../../contracts/mentoring/mentoring.js';
import type { Person } from '../../contracts/primitives.js';
import type { NoteRow } from './note.schema.js';

/** Some people by their ids, without those who were erased. */
export const named = (ids: readonly string[], faces: ReadonlyMap<string, Person>) =>
  ids.flatMap((id) => faces.get(id) ?? []);

/** A note as this reader sees it. */
export function toNote(actor: CohortActor, note: NoteRow, faces: ReadonlyMap<string, Person>): Note {
  return {
    id: String(note._id),
    sessionId: String(note.sessionId),
    authorId: String(note.authorId),
    body: note.body,
    audience: note.audience,
    readers: named(note.readers.map(String), faces),
    createdAt: note.createdAt.toISOString(),
    updatedAt: note.updatedAt.toISOString(),
    abilities: { edit: note.authorId.equals(actor.userId) },
  };
}
