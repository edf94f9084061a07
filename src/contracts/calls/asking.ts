import { z } from 'zod';
import { Instant, Text } from '../primitives.js';
import { type Answers, type Missing, shownFields } from './answers.js';
import { FieldKey, type FormField } from './forms.js';

/** So many questions are opened again at once. */
export const MOST_ASKED = 20;

/**
 * POST C/calls/:id/applications/:applicationId/asking (staff): these questions, and those that depend on their answers, are opened again for who applies, until then, also after the closing; a letter
 * names them. It ends with what is handed in, at its moment, or by DELETE. 422 `/fields/n` `not_asked` (no question that they see), `/until` `in_the_past`, `too_late` (more than 60 days ahead); 409 `not_handed_in` (or withdrawn), `decided`.
 */
export const AskPiece = z.strictObject({
  fields: z.array(FieldKey).min(1).max(MOST_ASKED),
  until: Instant,
  words: Text(2000),
});
export type AskPiece = z.infer<typeof AskPiece>;

/** What who applies is asked for, while they are. */
export const Asked = z.object({ fields: z.array(FieldKey), until: Instant, words: z.string() });
export type Asked = z.infer<typeof Asked>;

/** The same as staff see it. `state`: it `waits`, it `came` (`cameAt`), its time is `over`, or staff `ended` it. */
export const AskedPiece = Asked.extend({
  at: Instant,
  state: z.enum(['waits', 'came', 'over', 'ended']),
  cameAt: Instant.nullable(),
});
export type AskedPiece = z.infer<typeof AskedPiece>;

/** What is handed in of a file that is asked for some answers: those as they are written now, the rest as it was handed in. */
export function withAsked(handed: Answers, written: Answers, fields: readonly string[]): Answers {
  const asked = new Set(fields);
  const rest = Object.entries(handed).filter(([key]) => !asked.has(key));
  return Object.fromEntries([...rest, ...Object.entries(written).filter(([key]) => asked.has(key))]);
}

/** What is missing of what one is asked for; of the rest nothing can be written. */
export const missingOfAsked = (missing: readonly Missing[], fields: readonly string[]): Missing[] =>
  missing.filter(({ field }) => fields.includes(field));

/** Questions with all that are asked only by their answers, and by the answers of those. Where one is opened again, what hangs on it can be answered too. */
export function withDependents(fields: readonly FormField[], keys: readonly string[]): string[] {
  const opened = new Set(keys);
  // A condition names a field that stands before.
  for (const { key, shownIf } of fields) if (shownIf.some(({ field }) => opened.has(field))) opened.add(key);
  const sections = new Set(fields.flatMap(({ key, kind }) => (kind === 'section' ? [key] : [])));
  return [...opened].filter((key) => !sections.has(key));
}

/** The questions of what is asked for that who answered so sees. */
export function askedQuestions(
  fields: readonly FormField[],
  answers: Answers,
  { fields: keys }: Pick<Asked, 'fields'>,
): FormField[] {
  return shownFields(fields, answers).filter(({ key }) => keys.includes(key));
}
