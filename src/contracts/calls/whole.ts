import type { FieldProblem } from '../primitives.js';
import type { Call } from './calls.js';
import type { InBoth } from './forms.js';

type Words = Pick<Call, 'title' | 'lead' | 'text' | 'outcome' | 'opensAt' | 'closesAt' | 'dates' | 'criteria'>;

/** What the weights of all criteria are together. */
export const WHOLE_WEIGHT = 100;

/** What criteria weigh together. */
export const weightOf = ({ criteria }: Pick<Words, 'criteria'>): number =>
  criteria.reduce((sum, { weight }) => sum + weight, 0);

/**
 * What a call lacks before everybody sees it, apart from its form, by JSON pointers into it: words in both languages, a closing after the opening, criteria that weigh 100 together.
 * What may be left out is said in both languages, or in none.
 */
export function lacksOfWords({
  title,
  lead,
  text,
  outcome,
  opensAt,
  closesAt,
  dates,
  criteria,
}: Words): FieldProblem[] {
  const weight = weightOf({ criteria });
  const isLate = opensAt !== null && closesAt !== null && Date.parse(closesAt) <= Date.parse(opensAt);
  return [
    ...inBoth('/title', title),
    ...ifAny('/lead', lead),
    ...inBoth('/text', text),
    ...ifAny('/outcome', outcome),
    ...(opensAt === null ? [{ field: '/opensAt', code: 'required' }] : []),
    ...(closesAt === null ? [{ field: '/closesAt', code: 'required' }] : []),
    ...(isLate ? [{ field: '/closesAt', code: 'not_after' }] : []),
    ...dates.flatMap((date, at) => [
      ...inBoth(`/dates/${at}/title`, date.title),
      ...ifAny(`/dates/${at}/text`, date.text),
      ...(date.until !== null && date.until < date.on
        ? [{ field: `/dates/${at}/until`, code: 'end_before_start' }]
        : []),
    ]),
    ...criteria.flatMap(({ name, help }, at) => [
      ...inBoth(`/criteria/${at}/name`, name),
      ...ifAny(`/criteria/${at}/help`, help),
    ]),
    ...(criteria.length > 0 && weight !== WHOLE_WEIGHT
      ? [{ field: '/criteria', code: 'not_hundred', params: { weight } }]
      : []),
  ];
}

const inBoth = (field: string, words: InBoth): FieldProblem[] =>
  (['en', 'fr'] as const).flatMap((language) =>
    words[language].trim() === '' ? [{ field: `${field}/${language}`, code: 'required' }] : [],
  );

const ifAny = (field: string, words: InBoth) =>
  words.en.trim() === '' && words.fr.trim() === '' ? [] : inBoth(field, words);
