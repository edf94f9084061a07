import { dayOf, daysBetween } from '../../common/times/zoned.js';
import type { Answers } from '../../contracts/calls/answers.js';
import { SMALL_CELL } from '../../contracts/calls/figures.js';
import type { FormField } from '../../contracts/calls/forms.js';
import type { ApplicationRow } from '../applications/application.schema.js';
import { standingDecision } from '../decisions/deciding.js';
import type { Counts, Tally } from './call-figures.schema.js';

/** A file as it is counted. `answers`: those that were handed in to fields that ask for one of several. */
export type CountedFile = Pick<ApplicationRow, 'createdAt' | 'state' | 'decision' | 'decidedBefore'> & {
  submitted: { at: Date; answers: Answers } | null;
};

/** The fields that ask for one of several: what was answered there can be counted. */
export const countedFields = (fields: readonly FormField[]): FormField[] => fields.filter(({ kind }) => kind === 'one');

const none = (): Counts => ({
  ...{ begun: {}, submitted: {}, standing: {}, options: {}, decisions: {}, waited: {}, letters: {} },
});

const add = (tally: Tally, key: string, n = 1) => {
  tally[key] = (tally[key] ?? 0) + n;
};

/** What files come to, by the days of a zone. A draft is begun and nothing else; what was taken back counts as begun and handed in. */
export function countFiles(
  files: readonly CountedFile[],
  fieldKeys: readonly string[],
  timeZone: string,
  now: Date,
): Counts {
  const counts = none();
  for (const file of files) {
    const { createdAt, state, submitted } = file;
    add(counts.begun, dayOf(createdAt, timeZone));
    if (!submitted) continue;
    const on = dayOf(submitted.at, timeZone);
    add(counts.submitted, on);
    if (state !== 'submitted') continue;
    add(counts.standing, 'all');
    for (const key of fieldKeys) {
      const answer = submitted.answers[key];
      if (typeof answer === 'string') add((counts.options[key] ??= {}), answer);
    }
    // Who is decided anew has the answer of before until the new one goes.
    const decision = standingDecision(file, now);
    if (!decision) continue;
    const answeredOn = dayOf(decision.sendAt, timeZone);
    add(counts.decisions, decision.kind);
    add(counts.letters, answeredOn);
    add(counts.waited, String(Math.max(0, daysBetween(on, answeredOn))));
  }
  return counts;
}

/** Two counts as one. */
export function summed(one: Counts, other: Partial<Counts> = {}): Counts {
  const sum = structuredClone(one);
  for (const part of ['begun', 'submitted', 'standing', 'decisions', 'waited', 'letters'] as const)
    for (const [key, n] of Object.entries(other[part] ?? {})) add(sum[part], key, n);
  for (const [field, tally] of Object.entries(other.options ?? {}))
    for (const [key, n] of Object.entries(tally)) add((sum.options[field] ??= {}), key, n);
  return sum;
}

export const totalOf = (tally: Tally): number => Object.values(tally).reduce((sum, n) => sum + n, 0);

/**
 * Groups without the small ones, which are null. Where one is hidden, empty ones are, too, and of the others the smallest, one after the other, until each small one could be another number for
 * all that is told: the whole, what is shown, and these rules. As long as nothing is small, all is told.
 */
export function withoutSmall(groups: readonly number[]): (number | null)[] {
  if (!groups.some((n) => n > 0 && n < SMALL_CELL)) return [...groups];
  const hidden = groups.flatMap((n, index) => (n < SMALL_CELL ? [index] : []));
  const others = groups.flatMap((n, index) => (n >= SMALL_CELL ? [index] : []));
  const bySize = others.sort((a, b) => (groups[a] ?? 0) - (groups[b] ?? 0));
  const valuesOf = (indexes: readonly number[]) => indexes.map((index) => groups[index] ?? 0);
  while (bySize.length > 0 && canBeTold(valuesOf(hidden), Math.min(...valuesOf(bySize))))
    hidden.push(bySize.shift() ?? 0);
  return groups.map((n, index) => (hidden.includes(index) ? null : n));
}

/** Whether a small one of hidden groups follows from their sum: no other takes one more or one less in its place. `next`: the smallest that is shown, which none of the hidden large ones is above. */
function canBeTold(hidden: readonly number[], next: number): boolean {
  const mayFall = (n: number) => (n < SMALL_CELL ? n > 0 : n > SMALL_CELL);
  const mayRise = (n: number) => (n < SMALL_CELL ? n < SMALL_CELL - 1 : n < next);
  return hidden.some((n, at) => {
    if (n === 0 || n >= SMALL_CELL) return false;
    const rest = hidden.filter((_, index) => index !== at);
    const isMore = mayRise(n) && rest.some(mayFall);
    const isLess = (n > 1 || rest.some((one) => one > 0 && one < SMALL_CELL)) && rest.some(mayRise);
    return !isMore && !isLess;
  });
}

/** The middle one of all, by how often each is there (of an even number the lower of the two); null of none. */
export function medianOf(tally: Tally): number | null {
  const sorted = Object.entries(tally)
    .map(([value, n]) => ({ value: Number(value), n }))
    .sort((a, b) => a.value - b.value);
  let left = Math.ceil(totalOf(tally) / 2);
  for (const { value, n } of sorted) {
    left -= n;
    if (left <= 0) return value;
  }
  return null;
}
