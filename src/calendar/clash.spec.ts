import { type Act, type Part, type TakenBy, type Verdict, isStopped, verdictOf } from './clash.js';

/** Of each part and act: what becomes of it over a session, a workshop that one hosts, one that one goes to, and something elsewhere. */
const TABLE: [Part, Act, Record<TakenBy, Verdict>][] = [
  ['coach', 'book', { session: 'refused', hosting: 'refused', going: 'asked', outside: 'refused' }],
  ['coach', 'move', { session: 'refused', hosting: 'refused', going: 'asked', outside: 'refused' }],
  ['second_coach', 'book', { session: 'refused', hosting: 'refused', going: 'asked', outside: 'refused' }],
  ['second_coach', 'move', { session: 'refused', hosting: 'refused', going: 'asked', outside: 'refused' }],
  ['fellow', 'book', { session: 'refused', hosting: 'refused', going: 'asked', outside: 'asked' }],
  ['fellow', 'move', { session: 'refused', hosting: 'refused', going: 'asked', outside: 'asked' }],
  ['host', 'publish', { session: 'refused', hosting: 'refused', going: 'asked', outside: 'asked' }],
  ['host', 'move', { session: 'refused', hosting: 'refused', going: 'asked', outside: 'asked' }],
  ['attendee', 'join', { session: 'asked', hosting: 'asked', going: 'asked', outside: 'asked' }],
  ['attendee', 'promote', { session: 'told', hosting: 'told', going: 'told', outside: 'told' }],
  ['attendee', 'move', { session: 'told', hosting: 'told', going: 'told', outside: 'told' }],
];
const cases = TABLE.flatMap(([part, act, row]) =>
  Object.entries(row).map(([by, verdict]) => [act, part, by as TakenBy, verdict] as const),
);

describe('clash rule', () => {
  it.each(cases)('given %s as %s over %s of their own, then %s', (act, part, by, verdict) => {
    expect(verdictOf(act, part, by, true)).toBe(verdict);
  });

  it.each(cases)('given %s as %s over %s, by somebody else, then no coach is booked over it', (act, part, by, own) => {
    const coaches = part === 'coach' || part === 'second_coach';
    expect(verdictOf(act, part, by, false)).toBe(coaches ? 'refused' : own);
  });

  it.each<[Verdict, boolean, boolean]>([
    ['refused', false, true],
    ['refused', true, true],
    ['asked', false, true],
    ['asked', true, false],
    ['told', false, false],
    ['told', true, false],
  ])('given %s and despite %p, then stopped: %p', (verdict, despite, stopped) => {
    expect(isStopped(verdict, despite)).toBe(stopped);
  });
});
