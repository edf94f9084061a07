import type { RepeatedDate } from '../../../../../src/contracts/mentoring/session-series';

/** What somebody chose for dates of a rule, by the start that the rule gives them: another start, or null to leave it out. What is not in it is booked where it is free. */
export type Choices = Readonly<Record<string, string | null>>;

/** The start at which a date is booked; null: it is left out. A choice that the date does not offer any more is none. */
export function startOf({ startsAt, reason, near }: RepeatedDate, choices: Choices): string | null {
  const usual = reason === null ? startsAt : null;
  const choice = choices[startsAt];
  if (choice === undefined || choice === null) return choice === null ? null : usual;
  return choice === usual || near.some((slot) => slot.startsAt === choice) ? choice : usual;
}

/** The starts of all that are booked, in time order. */
export const chosenOf = (dates: readonly RepeatedDate[], choices: Choices): string[] =>
  dates.flatMap((date) => startOf(date, choices) ?? []).sort((a, b) => Date.parse(a) - Date.parse(b));
