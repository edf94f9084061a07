import { CreateWorkshop } from '../../../../../src/contracts/workshops/workshops';
import type { useFieldText } from '../../../ui/forms/form';
import { zodValidate } from '../../../ui/forms/zod-validate';
import { bodyOf, type WorkshopValues } from './form-values';

/**
 * Everything that is missing or wrong, at once and in the order of the form: words by field. The server speaks of instants; without
 * a day it could only say so at the hours.
 */
export function checked(values: WorkshopValues, text: ReturnType<typeof useFieldText>): Record<string, string> {
  const { title, startsAt, endsAt, ...rest } = zodValidate(CreateWorkshop, text)(bodyOf(values));
  const noDay = values.date === '';
  return present({
    title,
    date: noDay ? text('no_day') : undefined,
    startsAt: noDay && values.startsAt !== '' ? undefined : startsAt,
    endsAt: noDay && values.endsAt !== '' ? undefined : endsAt,
    ...inRowsOf(values, rest),
  });
}

/** What is sent has no empty rows of materials: the numbers of those that are wrong are the form's again. */
function inRowsOf({ materials }: WorkshopValues, wrong: Record<string, string>): Record<string, string> {
  const sent = [...materials.keys()].filter((row) => materials[row]?.title !== '' || materials[row].url !== '');
  return Object.fromEntries(
    Object.entries(wrong).map(([field, words]) => [
      field.replace(/^materials\.(\d+)/, (_, row: string) => `materials.${sent[Number(row)] ?? row}`),
      words,
    ]),
  );
}

const present = (words: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(words).filter((entry): entry is [string, string] => entry[1] !== undefined));
