import { type Answer, type Answers, mayBeKept } from '../../../contracts/calls/answers.js';
import type { SavedAnswers } from '../../../contracts/calls/applications.js';
import { FORM_LIMITS, type FormField } from '../../../contracts/calls/forms.js';
import type { FieldProblem } from '../../../contracts/primitives.js';

/** Answers as they are sent: null takes one away. */
export type SentAnswers = Readonly<Record<string, Answer | null>>;

/** What of the answers that were sent cannot be kept: of no field, in a shape that its kind has not, or (`closed`) beyond what alone one is asked for. */
export function problemsOfAnswers(
  fields: readonly FormField[],
  sent: SentAnswers,
  asked?: readonly string[],
): FieldProblem[] {
  const known = new Map(fields.map((field) => [field.key, field]));
  return Object.entries(sent).flatMap(([key, answer]) => {
    const field = known.get(key);
    if (!field || field.kind === 'section') return [{ field: `/answers/${key}`, code: 'unknown' }];
    if (asked && !asked.includes(key)) return [{ field: `/answers/${key}`, code: 'closed' }];
    return answer === null || mayBeKept(field, answer) ? [] : [{ field: `/answers/${key}`, code: 'wrong_format' }];
  });
}

/** What makes a file too long as a whole, the longest first: each look at it reads all of it. Empty where it is not. */
export function tooLongAsWhole(answers: Answers, taken: SentAnswers): FieldProblem[] {
  const lengthOf = (answer: Answer | null | undefined) => (typeof answer === 'string' ? answer.length : 0);
  const sum = Object.values({ ...answers, ...taken }).reduce<number>((length, answer) => length + lengthOf(answer), 0);
  const grown = Object.keys(taken).filter((key) => lengthOf(taken[key]) > lengthOf(answers[key]));
  if (sum <= FORM_LIMITS.whole || grown.length === 0) return [];
  return grown
    .toSorted((a, b) => lengthOf(taken[b]) - lengthOf(taken[a]))
    .map((key) => ({ field: `/answers/${key}`, code: 'too_long' }));
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
