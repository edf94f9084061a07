import type { Availability } from '../../contracts/mentoring/mentoring.js';
import { type Plan, placeAll, placeGroups } from './placing.js';
import type { Taken } from '../sessions/sessions.repository.js';

const id = (digit: string) => digit.repeat(24);
const [coach, ines, karim] = [id('c'), id('1'), id('2')];
const hours: Availability = {
  timeZone: 'Europe/Paris',
  weekly: [3, 4].map((weekday) => ({ weekday, start: '09:00', end: '12:00' })),
  exceptions: [],
  slotMinutes: 45,
  bufferMinutes: 15,
  minNoticeHours: 0,
  horizonDays: 60,
  maxPerDay: 2,
  maxPerWeek: 3,
};
const now = Date.parse('2026-10-13T18:00:00Z');
/** On Wednesday 14 October 2026, unless it says another day. */
const plan = (time: string, person = ines, more: Partial<Plan> = {}): Plan => ({
  coachId: coach,
  participantIds: [person],
  from: Date.parse(time.includes('T') ? `${time}:00Z` : `2026-10-14T${time}:00Z`),
  minutes: 45,
  ...more,
});
const decide = (plans: Plan[], over: Partial<Availability> = {}, sessions: Taken[] = []) =>
  placeAll(plans, { sessions, otherwise: [] }, { ...hours, ...over }, now).map((outcome) =>
    'reason' in outcome ? outcome.reason : [outcome.placement.dayPlace, outcome.placement.weekPlace],
  );
/** Sessions as they stand after these plans. */
const after = (plans: Plan[], over: Partial<Availability> = {}) =>
  placeAll(plans, { sessions: [], otherwise: [] }, { ...hours, ...over }, now).flatMap((outcome, index): Taken[] => {
    const [{ coachId, participantIds }, at] = [plans[index]!, id(String(index + 3))];
    if ('reason' in outcome) return [];
    const people = [coachId, ...participantIds];
    return [{ ...outcome.placement, _id: at, coachId, people } as unknown as Taken];
  });

describe('placing what waits for one coach', () => {
  it.each<[string, Plan[], Partial<Availability>, unknown[]]>([
    ['two for one time', [plan('07:00'), plan('07:00', karim)], {}, [[1, 1], 'busy']],
    ['one in the middle of the other', [plan('07:00'), plan('07:20', karim)], {}, [[1, 1], 'busy']],
    ['one in the pause after the other', [plan('07:00'), plan('07:50', karim)], {}, [[1, 1], 'buffer']],
    ['one a pause before the other', [plan('08:00'), plan('07:05', karim)], {}, [[1, 1], 'buffer']],
    [
      'two times',
      [plan('07:00'), plan('08:00', karim)],
      {},
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [
      'a third on a day of two',
      [plan('07:00'), plan('08:00', karim), plan('09:00', karim)],
      {},
      [[1, 1], [2, 2], 'day_cap'],
    ],
    [
      'a second in a week of one',
      [plan('07:00'), plan('2026-10-15T07:00', karim)],
      { maxPerWeek: 1 },
      [[1, 1], 'week_cap'],
    ],
    [
      'what never can be',
      [plan('2026-10-13T17:55'), plan('9999-12-29T08:00'), plan('12:00')],
      {},
      ['in_the_past', 'horizon', 'outside_hours'],
    ],
  ])('given %s, then %#', (_name, plans, over, expected) => {
    expect(decide(plans, over)).toEqual(expected);
  });

  it('given a cap lowered below what is booked, then nothing more; a move within its day keeps its place', () => {
    const booked = after([plan('07:00'), plan('08:00', karim)]);
    const later = [plan('09:00')];
    expect(decide(later, { maxPerDay: 1 }, booked)).toEqual(['day_cap']);
    expect(decide([plan('09:00', ines, { moving: String(booked[0]!._id) })], {}, booked)).toEqual([[1, 1]]);
  });

  it('given a move onto a part of its own time, then it stands not in its way; its old time is the next one’s', () => {
    const booked = after([plan('07:00')]);
    const moving = { moving: String(booked[0]!._id) };
    expect(decide([plan('07:30', ines, moving)], {}, booked)).toEqual([[1, 1]]);
    expect(decide([plan('09:00', ines, moving), plan('07:00', karim)], {}, booked)).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(decide([plan('07:00', karim)], {}, booked)).toEqual(['busy']);
  });

  it('given a pause that was longer when it was booked, then its time is held as long as it was', () => {
    const booked = after([plan('07:00')], { bufferMinutes: 60 });
    const without = { bufferMinutes: 0 };
    expect(decide([plan('08:40', karim)], without, booked)).toEqual(['buffer']);
    expect(decide([plan('08:45', karim)], without, booked)).toEqual([[2, 2]]);
  });
});

describe('placing what is wanted together', () => {
  const together = (groups: Plan[][], over: Partial<Availability> = {}) =>
    placeGroups(groups, { sessions: [], otherwise: [] }, { ...hours, ...over }, now).map((outcome) =>
      'refused' in outcome
        ? outcome.refused.map(({ plan: { from }, reason }) => `${new Date(from).toISOString().slice(5, 16)} ${reason}`)
        : outcome.placements.map(({ dayPlace, weekPlace }) => [dayPlace, weekPlace]),
    );

  it('given two of one week, then each has a place of its own', () => {
    expect(together([[plan('07:00'), plan('2026-10-15T07:00')]])).toEqual([
      [
        [1, 1],
        [1, 2],
      ],
    ]);
  });

  it('given one that cannot be, then none takes anything, and whoever comes after has it', () => {
    const wanted = [plan('07:00'), plan('13:00'), plan('2026-10-15T07:00'), plan('2026-10-15T20:00')];
    expect(together([wanted, [plan('07:00', karim)]])).toEqual([
      ['10-14T13:00 outside_hours', '10-15T20:00 outside_hours'],
      [[1, 1]],
    ]);
  });

  it('given one over the other, or more than the cap of a week, then the later one is refused', () => {
    expect(together([[plan('07:00'), plan('07:20')]])).toEqual([['10-14T07:20 busy']]);
    expect(together([[plan('07:00'), plan('2026-10-15T07:00')]], { maxPerWeek: 1 })).toEqual([
      ['10-15T07:00 week_cap'],
    ]);
  });
});
