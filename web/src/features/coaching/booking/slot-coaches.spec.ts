import 'temporal-polyfill/global';
import { byCoach } from './slot-coaches';
import { anyOf, coachOf, craftOf, craftsOf } from './slot-choice';

const slot = (coachId: string, startsAt: string) => ({ coachId, startsAt, endsAt: startsAt });

describe('slots by coach', () => {
  it('given slots in time order, then who is free next comes first, and who has nothing last', () => {
    const slots = [
      slot('b', '2026-10-13T08:00:00Z'),
      slot('a', '2026-10-13T09:00:00Z'),
      slot('b', '2026-10-13T22:30:00Z'),
    ];
    const coaches = byCoach(slots, ['full', 'a', 'b'], 'Europe/Paris');
    expect(coaches.map(({ coachId, free, days }) => [coachId, free, days.map((day) => day.date)])).toEqual([
      ['b', 2, ['2026-10-13', '2026-10-14']],
      ['a', 1, ['2026-10-13']],
      ['full', 0, []],
    ]);
  });

  it('given a part of the day, then only its slots, and who has none of them is last', () => {
    const slots = [slot('a', '2026-10-13T08:00:00Z'), slot('b', '2026-10-13T13:00:00Z')];
    expect(byCoach(slots, ['a', 'b'], 'UTC', 'afternoon').map((one) => one.coachId)).toEqual(['b', 'a']);
  });
});

describe('with whom', () => {
  it('given a choice, then it is all, one coach, or any of a craft', () => {
    expect([craftOf(''), coachOf('')]).toEqual([undefined, undefined]);
    expect([craftOf('abc'), coachOf('abc')]).toEqual([undefined, 'abc']);
    expect([craftOf(anyOf('data')), coachOf(anyOf('data'))]).toEqual(['data', undefined]);
  });

  it('given coaches, then each craft once', () => {
    const person = (craft: 'data' | 'designer' | null) => ({
      id: '',
      name: '',
      avatarUrl: null,
      gives: [],
      lengths: {},
      craft,
    });
    expect(craftsOf([person('data'), person(null), person('designer'), person('data')])).toEqual(['data', 'designer']);
  });
});
