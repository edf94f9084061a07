import type { Poll } from '../../contracts/forum/polls.js';
import type { PollRow } from './poll.schema.js';

/** With fewer voters an anonymous result could tell who chose what. */
export const FEWEST_VOTERS = 5;

/** Is it voted in at an instant? */
export const isOpenPoll = ({ closed, closesAt }: Pick<PollRow, 'closed' | 'closesAt'>, now: Date): boolean =>
  !closed && (!closesAt || now < closesAt);

/**
 * Whether the numbers are shown. Those of an anonymous poll are not while it is open: who looks before and after somebody votes would see what they chose.
 */
export function resultOf(
  poll: Pick<PollRow, 'anonymous' | 'voters' | 'closed' | 'closesAt'>,
  now: Date,
): Poll['result'] {
  if (!poll.anonymous) return 'shown';
  if (isOpenPoll(poll, now)) return 'secret';
  return poll.voters < FEWEST_VOTERS ? 'too_few' : 'shown';
}

/** Why this cannot be chosen; null where it can. */
export function refusedChoice(
  { options, multiple }: Pick<PollRow, 'options' | 'multiple'>,
  chosen: readonly number[],
): 'unknown' | 'only_one' | null {
  if (chosen.some((place) => place >= options.length)) return 'unknown';
  return chosen.length > 1 && !multiple ? 'only_one' : null;
}

/** What a vote changes: by how much each option's number, and that of those who voted. Nothing where it says the same as before. */
export function changeOf(
  before: readonly number[],
  after: readonly number[],
): { options: ReadonlyMap<number, 1 | -1>; voters: number } | null {
  const more = after.filter((place) => !before.includes(place)).map((place) => [place, 1] as const);
  const less = before.filter((place) => !after.includes(place)).map((place) => [place, -1] as const);
  if (more.length + less.length === 0) return null;
  return { options: new Map([...more, ...less]), voters: Math.sign(after.length) - Math.sign(before.length) };
}

/** What a post says, and below it what its poll asks. */
export const withPoll = (text: string, poll: PollRow | undefined): string =>
  [text, pollText(poll)].filter(Boolean).join('\n\n');

/** The words of a poll: its question and what one may choose, a line each. */
export const pollText = (poll: Pick<PollRow, 'question' | 'options'> | null | undefined): string =>
  poll ? [poll.question, ...poll.options.map(({ text }) => text)].join('\n') : '';
