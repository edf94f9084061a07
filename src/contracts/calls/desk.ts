import { z } from 'zod';
import { Email, Id, Instant, Line, Locale, Person, Text } from '../primitives.js';
import { Answer } from './answers.js';
import { FieldKey, InBoth } from './forms.js';

/** So many tags a file has, and so many notes. */
export const MOST_TAGS = 10;
export const MOST_NOTES = 100;

/** A word by which staff find files of a call again. One that is there in other letters (`Urgent`, `urgent`) is that one. */
export const FileTag = Line(40, 1);

/** POST and DELETE C/calls/:id/applications/:applicationId/tags (staff): puts a tag on a file, or takes it off; again: nothing. 409 `too_many_tags`. */
export const TagFile = z.strictObject({ tag: FileTag });
export type TagFile = z.infer<typeof TagFile>;

/** A note of staff about a file, for staff alone. */
export const ApplicationNote = z.object({
  id: Id,
  by: Person.nullable(),
  text: z.string(),
  at: Instant,
  isMine: z.boolean(),
});
export type ApplicationNote = z.infer<typeof ApplicationNote>;

/**
 * GET C/calls/:id/applications/:applicationId/notes (staff): the oldest first. Who reads a note is settled as it is saved: the programme team of then; who joins it later does not. `readers`: who would
 * read one that is written now.
 */
export const ApplicationNotes = z.object({
  items: z.array(ApplicationNote),
  readers: z.array(Person),
  canWrite: z.boolean(),
});
export type ApplicationNotes = z.infer<typeof ApplicationNotes>;

/** POST to the same path: plain text. 409 `too_many_notes`. DELETE .../notes/:noteId: one's own. */
export const WriteApplicationNote = z.strictObject({ text: Text(4000, 1) });
export type WriteApplicationNote = z.infer<typeof WriteApplicationNote>;

/** Another file that may be of the same person: of the same name in this call, or from the same address in another call of the cohort. Drafts are never among them. */
export const Duplicate = z.object({
  id: Id,
  callId: Id,
  call: InBoth,
  number: z.string(),
  name: z.string(),
  because: z.enum(['name', 'address']),
});
export type Duplicate = z.infer<typeof Duplicate>;

/**
 * POST C/calls/:id/applications (staff): a file that came by mail, also after the closing; it is handed in as it stands, and who applies gets the receipt with the link. 409 `address_taken`, `not_published`, `too_late` (what the call got is erased); 422
 * `/answers/key`: what is not right, or the name that is missing. All else may be missing; files are added, and statements agreed to, by who applies (`theirs`). DELETE .../applications/:applicationId: takes one
 * away again, as the address was mistyped: its link ends. 409 `already_opened` once the link was opened.
 */
export const AddFile = z.strictObject({ email: Email, locale: Locale, answers: z.record(FieldKey, Answer) });
export type AddFile = z.infer<typeof AddFile>;

/** Who of the programme team added a file, and when; null where who applies handed it in. Until who applies has opened its link (`isOpened`) it can be taken away. */
export const AddedFile = z.object({ by: Person.nullable(), at: Instant, isOpened: z.boolean() });
export type AddedFile = z.infer<typeof AddedFile>;
