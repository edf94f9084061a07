import fc from 'fast-check';
import { changeOf, isOpenPoll, pollText, refusedChoice, resultOf } from './poll-rule.js';

const at = (time: string) => new Date(`2026-10-13T${time}:00Z`);
const NOON = at('12:00');
const closed = { byId: null as never, at: at('10:00') };

it.each([
  ['neither closed nor closing', { closed: null, closesAt: null }, true],
  ['closing later', { closed: null, closesAt: at('12:01') }, true],
  ['closing now', { closed: null, closesAt: NOON }, false],
  ['closed by somebody', { closed, closesAt: at('13:00') }, false],
])('given a poll %s, then whether it is open', (_name, poll, open) => {
  expect(isOpenPoll(poll, NOON)).toBe(open);
});

it.each([
  [false, 0, false, 'shown'],
  [false, 1, true, 'shown'],
  [true, 40, false, 'secret'],
  [true, 4, true, 'too_few'],
  [true, 5, true, 'shown'],
])('given anonymous %s, %i voters, over %s, then the result is %s', (anonymous, voters, isOver, result) => {
  expect(resultOf({ anonymous, voters, closed: isOver ? closed : null, closesAt: null }, NOON)).toBe(result);
});

it.each([
  [[], false, null],
  [[1], false, null],
  [[0, 1], true, null],
  [[0, 1], false, 'only_one'],
  [[2], true, 'unknown'],
])('given %j chosen of two, several %s, then %s', (chosen, multiple, refused) => {
  const options = ['a', 'b'].map((text) => ({ text, votes: 0 }));
  expect(refusedChoice({ options, multiple }, chosen)).toBe(refused);
});

it('given any votes one after the other, then the numbers are those of a recount', () => {
  const choice = fc.uniqueArray(fc.integer({ min: 0, max: 4 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), choice)), (votes) => {
      const counts = [0, 0, 0, 0, 0];
      let voters = 0;
      const now = new Map<string, number[]>();
      for (const [who, chosen] of votes) {
        const change = changeOf(now.get(who) ?? [], chosen);
        for (const [place, by] of change?.options ?? []) counts[place]! += by;
        voters += change?.voters ?? 0;
        now.set(who, chosen);
      }
      const stand = [...now.values()];
      expect(counts).toEqual(counts.map((_, place) => stand.filter((one) => one.includes(place)).length));
      expect(voters).toBe(stand.filter((one) => one.length > 0).length);
    }),
  );
});

it('given a poll, then its words are a line each; without one there are none', () => {
  const options = ['Monday', 'Friday'].map((text) => ({ text, votes: 0 }));
  expect(pollText({ question: 'Which day?', options })).toBe('Which day?\nMonday\nFriday');
  expect(pollText(undefined)).toBe('');
});
