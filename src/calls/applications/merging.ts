import { type Answer, type Answers, mayBeKept } from '../../contracts/calls/answers.js';
import type { SavedAnswers } from '../../contracts/calls/applications.js';
import type { FormField } from '../../contracts/calls/forms.js';
import type { FieldProblem } from '../../contracts/primitives.js';

/** Answers as they are sent: null takes one away. */
export type SentAnswers = Readonly<Record<string, Answer | null>>;

/** What of the answers that were sent cannot be kept: of no field, or in a shape that its kind has not. */
export function problemsOfAnswers(fields: readonly FormField[], sent: SentAnswers): FieldProblem[] {
  const known = new Map(fields.map((field) => [field.key, field]));
  return Object.entries(sent).flatMap(([key, answer]) => {
    const field = known.get(key);
    if (!field || field.kind === 'section') return [{ field: `/answers/${key}`, code: 'unknown' }];
    return answer === null || mayBeKept(field, answer) ? [] : [{ field: `/answers/${key}`, code: 'wrong_format' }];
  });
}

/**
 * Answers that were typed by who saw `seen` into a file that has gone on since: an answer that nobody changed since then is taken; one that somebody did stays as they wrote it, and is a
 * conflict, unless both wrote the same.
 */
export function merged(
  file: { answers: Answers; revisions: Readonly<Record<string, number>> },
  sent: SentAnswers,
  seen: number,
): { taken: Record<string, Answer | null>; conflicts: SavedAnswers['conflicts'] } {
  const taken: Record<string, Answer | null> = {};
  const conflicts: SavedAnswers['conflicts'] = [];
  for (const [key, answer] of Object.entries(sent)) {
    const kept = file.answers[key] ?? null;
    if (JSON.stringify(kept) === JSON.stringify(answer)) continue;
    if ((file.revisions[key] ?? 0) <= seen) taken[key] = answer;
    else conflicts.push({ field: key, sent: answer, kept });
  }
  return { taken, conflicts };
}
