import type { GuestAnswers, GuestQuestion } from '../../../../src/contracts/workshops/guests';

/** What was typed and chosen, as it is sent: yes and no are no words. */
export function answersOf(questions: readonly GuestQuestion[], typed: Record<string, string>): GuestAnswers {
  return Object.fromEntries(
    questions.flatMap(({ id, kind }) => {
      const answer = typed[id]?.trim() ?? '';
      return answer === '' ? [] : [[id, kind === 'yesno' ? answer === 'yes' : answer]];
    }),
  );
}

/** One option a line; empty lines and doubles are none. */
export const optionsOf = (lines: string): string[] => [
  ...new Set(lines.split('\n').flatMap((line) => line.trim() || [])),
];
