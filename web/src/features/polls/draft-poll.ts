import type { BeginPoll, DraftPoll } from '../../../../src/contracts/forum/polls';

/** What stands in the form of a new poll. */
export const NEW_POLL: DraftPoll = {
  ...{ question: '', options: ['', ''], multiple: false, anonymous: false, closesAt: null },
};

/** Why a poll cannot be sent yet, and where: a key of the forum's `fields`. */
export type PollGap = { field: 'question' | 'options'; code: 'poll_question' | 'poll_options' | 'same_option' };

/** The first thing that is missing; null where nothing is. */
export function gapOf({ question, options }: DraftPoll): PollGap | null {
  const filled = filledOf(options);
  if (question.trim() === '') return { field: 'question', code: 'poll_question' };
  if (filled.length < 2) return { field: 'options', code: 'poll_options' };
  const isTwice = new Set(filled.map((one) => one.toLowerCase())).size < filled.length;
  return isTwice ? { field: 'options', code: 'same_option' } : null;
}

/** The poll as it is sent: without the choices that were left empty. */
export const asPoll = ({ closesAt, ...poll }: DraftPoll): BeginPoll => ({
  ...poll,
  ...{ question: poll.question.trim(), options: filledOf(poll.options) },
  ...(closesAt !== null && { closesAt }),
});

const filledOf = (options: readonly string[]) => options.map((one) => one.trim()).filter(Boolean);
