import type { InBoth } from '../../../../../src/contracts/calls/forms';
import type { FieldProblem } from '../../../api/problem';
import type { Draft } from './draft';
import { weightOf } from './weight';

type Words = Pick<Draft, 'title' | 'lead' | 'text' | 'opensAt' | 'closesAt' | 'dates' | 'criteria'>;

/**
 * What the words and times of a call lack before everybody may see them, as the server says it: of a published call no part is taken that lacks something, so what one is still writing
 * waits here.
 */
export function lacksOfWords({ title, lead, text, opensAt, closesAt, dates, criteria }: Words): FieldProblem[] {
  const weight = weightOf({ criteria });
  return [
    ...inBoth('/title', title),
    ...ifAny('/lead', lead),
    ...inBoth('/text', text),
    ...(opensAt ? [] : [{ field: '/opensAt', code: 'required' }]),
    ...(closesAt ? [] : [{ field: '/closesAt', code: 'required' }]),
    ...(opensAt && closesAt && Date.parse(closesAt) <= Date.parse(opensAt)
      ? [{ field: '/closesAt', code: 'not_after' }]
      : []),
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
    ...(criteria.length > 0 && weight !== 100 ? [{ field: '/criteria', code: 'not_hundred' }] : []),
  ];
}

const inBoth = (field: string, words: InBoth): FieldProblem[] =>
  (['en', 'fr'] as const).flatMap((language) =>
    words[language].trim() === '' ? [{ field: `${field}/${language}`, code: 'required' }] : [],
  );

/** What may be left out is said in both languages, or in none. */
const ifAny = (field: string, words: InBoth) =>
  words.en.trim() === '' && words.fr.trim() === '' ? [] : inBoth(field, words);
