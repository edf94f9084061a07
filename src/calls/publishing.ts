import type { FieldProblem } from '../contracts/primitives.js';
import { type InBoth, lacksOfForm, problemsOfForm } from '../contracts/calls/forms.js';
import type { CallRow } from './call.schema.js';

type Words = Pick<CallRow, 'title' | 'lead' | 'text' | 'opensAt' | 'closesAt' | 'dates' | 'criteria'>;

const WHOLE = 100;

/** What a call lacks before everybody sees it, apart from its form: words in both languages, a closing after the opening, criteria that weigh 100 together. */
export function lacksOfWords({ title, lead, text, opensAt, closesAt, dates, criteria }: Words): FieldProblem[] {
  const optional = (field: string, words: InBoth) => (words.en === '' && words.fr === '' ? [] : inBoth(field, words));
  const weight = criteria.reduce((sum, one) => sum + one.weight, 0);
  return [
    ...inBoth('/title', title),
    ...optional('/lead', lead),
    ...inBoth('/text', text),
    ...(opensAt ? [] : [{ field: '/opensAt', code: 'required' }]),
    ...(closesAt ? [] : [{ field: '/closesAt', code: 'required' }]),
    ...(opensAt && closesAt && closesAt <= opensAt ? [{ field: '/closesAt', code: 'not_after' }] : []),
    ...dates.flatMap((date, index) => [
      ...inBoth(`/dates/${index}/title`, date.title),
      ...optional(`/dates/${index}/text`, date.text),
      ...(date.until !== null && date.until < date.on
        ? [{ field: `/dates/${index}/until`, code: 'end_before_start' }]
        : []),
    ]),
    ...criteria.flatMap((criterion, index) => [
      ...inBoth(`/criteria/${index}/name`, criterion.name),
      ...optional(`/criteria/${index}/help`, criterion.help),
    ]),
    ...(criteria.length > 0 && weight !== WHOLE
      ? [{ field: '/criteria', code: 'not_hundred', params: { weight } }]
      : []),
  ];
}

/** What its form lacks before anybody fills it in. */
export function lacksOfFields({ fields }: Pick<CallRow, 'fields'>): FieldProblem[] {
  const placeOf = (key: string) =>
    `/fields/${Math.max(
      0,
      fields.findIndex((field) => field.key === key),
    )}`;
  return [...problemsOfForm(fields), ...lacksOfForm(fields)].map(({ field, code }) => ({
    field: placeOf(field),
    code,
  }));
}

const inBoth = (field: string, { en, fr }: InBoth): FieldProblem[] => [
  ...(en === '' ? [{ field: `${field}/en`, code: 'required' }] : []),
  ...(fr === '' ? [{ field: `${field}/fr`, code: 'required' }] : []),
];
