import type { Note, Notes } from '../../../../../src/contracts/mentoring/mentoring';
import { NARROWER_AUDIENCES } from '../../../../../src/contracts/mentoring/narrower-audiences';

/** What a note's audience may become: itself, with the readers it was saved for, and the narrower ones. Nobody is ever added: of those, each has who reads it already. */
export function narrowed(note: Pick<Note, 'audience' | 'readers'>, audiences: Notes['audiences']): Notes['audiences'] {
  const now = new Set(note.readers.map((reader) => reader.id));
  const fewer = audiences
    .filter(({ audience }) => audience !== note.audience && NARROWER_AUDIENCES[note.audience].includes(audience))
    .map(({ audience, readers }) => ({ audience, readers: readers.filter(({ id }) => now.has(id)) }));
  return [{ audience: note.audience, readers: note.readers }, ...fewer];
}
