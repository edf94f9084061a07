import type { Note, Notes } from '../../../../../src/contracts/mentoring/mentoring';

/** What a note's audience may become: itself, with the readers it was saved for, and those whose readers are all among them. */
export function narrowed(note: Pick<Note, 'audience' | 'readers'>, audiences: Notes['audiences']): Notes['audiences'] {
  const now = new Set(note.readers.map((reader) => reader.id));
  const fewer = audiences.filter(
    (one) => one.audience !== note.audience && one.readers.every((reader) => now.has(reader.id)),
  );
  return [{ audience: note.audience, readers: note.readers }, ...fewer];
}
