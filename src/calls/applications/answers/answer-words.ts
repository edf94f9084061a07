import { type Answer, type Answers, isFile } from '../../../contracts/calls/answers.js';
import type { FormField } from '../../../contracts/calls/forms.js';
import type { Locale } from '../../../contracts/primitives.js';
import { formatFullDay } from '../../../common/times/instants.js';

const YES: Record<Locale, string> = { en: 'Yes', fr: 'Oui' };

/** An answer as people read it: of options their words, of a day the day, of a file its name. */
export function answerInWords(field: FormField, answer: Answer, locale: Locale): string {
  const labelOf = (key: string) => field.options.find((option) => option.key === key)?.label[locale] ?? key;
  if (typeof answer === 'boolean') return YES[locale];
  if (typeof answer === 'number') return new Intl.NumberFormat(locale).format(answer);
  if (isFile(answer)) return answer.name;
  if (Array.isArray(answer)) return answer.map(labelOf).join(', ');
  if (field.kind === 'one') return labelOf(answer);
  return field.kind === 'date' ? formatFullDay(new Date(`${answer}T00:00:00Z`), 'UTC', locale) : answer;
}

/** Questions with their answers, in the order of the form; what was not answered is left out. */
export function answeredIn(
  fields: readonly FormField[],
  answers: Answers,
  locale: Locale,
): { label: string; value: string }[] {
  return fields.flatMap((field) => {
    const answer = answers[field.key];
    return answer === undefined ? [] : [{ label: field.label[locale], value: answerInWords(field, answer, locale) }];
  });
}
