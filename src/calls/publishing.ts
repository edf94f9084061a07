import { lacksOfForm, problemsOfForm } from '../contracts/calls/forms.js';
import { lacksOfWords } from '../contracts/calls/whole.js';
import type { FieldProblem } from '../contracts/primitives.js';
import { type CallRow, outcomeOf } from './call.schema.js';

type Words = Pick<CallRow, 'title' | 'lead' | 'text' | 'outcome' | 'opensAt' | 'closesAt' | 'dates' | 'criteria'>;

/** What a call lacks before everybody sees it, apart from its form. */
export const lacksOfCall = ({ opensAt, closesAt, ...words }: Words): FieldProblem[] =>
  lacksOfWords({
    ...{ ...words, outcome: outcomeOf(words) },
    opensAt: opensAt?.toISOString() ?? null,
    closesAt: closesAt?.toISOString() ?? null,
  });

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
