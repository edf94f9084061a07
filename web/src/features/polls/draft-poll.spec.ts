import { NEW_POLL, asPoll, gapOf } from './draft-poll';

const poll = (question: string, ...options: string[]) => ({ ...NEW_POLL, question, options });

it.each([
  [poll('  ', 'a', 'b'), 'poll_question'],
  [poll('Which?', 'a', ' '), 'poll_options'],
  [poll('Which?', 'Monday', '', 'monday '), 'same_option'],
  [poll('Which?', 'a', '', 'b'), undefined],
])('given %j, then %s is missing', (given, code) => expect(gapOf(given)?.code).toBe(code));

it('given it is sent, then without empty choices, and without a time where it has none', () => {
  expect(asPoll(poll(' Which? ', 'a', ' ', 'b '))).toEqual({
    ...{ question: 'Which?', options: ['a', 'b'], multiple: false, anonymous: false },
  });
  const closesAt = '2026-11-30T17:00:00Z';
  expect(asPoll({ ...poll('Which?', 'a', 'b'), closesAt })).toMatchObject({ closesAt });
});
