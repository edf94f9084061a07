import { isSamePlace, mayMove, moveUntil, newTimes, overlaps, problemsOfOffer, timesOf } from './times.js';

const PARIS = 'Europe/Paris';
const NOW = new Date('2026-11-02T10:00:00.000Z');
const offer = (more: Partial<Parameters<typeof timesOf>[0]> = {}) => ({
  ...{ on: '2026-11-23', from: '09:00', until: '12:00', pauseMinutes: 10 },
  ...more,
});
const starts = (...args: Parameters<typeof timesOf>) => timesOf(...args).map(({ startsAt }) => startsAt.toISOString());
const stretch = (from: string, until: string) => ({
  startsAt: new Date(`2026-11-23T${from}:00.000Z`),
  endsAt: new Date(`2026-11-23T${until}:00.000Z`),
});

describe('times that are offered', () => {
  it('given a morning, then one follows the other with a break, and the last ends in time', () => {
    expect(starts(offer(), 30, PARIS, NOW)).toEqual([
      ...['2026-11-23T08:00:00.000Z', '2026-11-23T08:40:00.000Z', '2026-11-23T09:20:00.000Z'],
      '2026-11-23T10:00:00.000Z',
    ]);
    expect(starts(offer({ until: '11:10', pauseMinutes: 0 }), 65, PARIS, NOW)).toEqual([
      ...['2026-11-23T08:00:00.000Z', '2026-11-23T09:05:00.000Z'],
    ]);
  });

  it('given the day on which the clock changes, then it is the wall that counts', () => {
    expect(starts(offer({ on: '2027-03-28', until: '09:40' }), 30, PARIS, NOW)).toEqual(['2027-03-28T07:00:00.000Z']);
    expect(starts(offer({ on: '2027-03-28', from: '01:30', until: '03:30', pauseMinutes: 0 }), 30, PARIS, NOW)).toEqual(
      [...['2027-03-28T00:30:00.000Z', '2027-03-28T01:00:00.000Z']],
    );
  });

  it('given the night on which an hour comes twice, then it is offered once', () => {
    const night = offer({ on: '2026-10-25', from: '02:00', until: '04:00', pauseMinutes: 0 });
    const before = new Date('2026-10-20T10:00:00.000Z');
    expect(starts(night, 30, PARIS, before)).toEqual([
      ...['2026-10-25T00:00:00.000Z', '2026-10-25T00:30:00.000Z'],
      ...['2026-10-25T02:00:00.000Z', '2026-10-25T02:30:00.000Z'],
    ]);
  });

  it('given some of today are over, then they are not offered', () => {
    expect(starts(offer({ on: '2026-11-02', from: '10:00', until: '12:00', pauseMinutes: 0 }), 60, PARIS, NOW)).toEqual(
      [],
    );
    expect(starts(offer({ on: '2026-11-02', from: '11:00', until: '13:00', pauseMinutes: 0 }), 60, PARIS, NOW)).toEqual(
      ['2026-11-02T11:00:00.000Z'],
    );
  });

  it.each([
    [{}, []],
    [{ on: '2026-11-01' }, ['/on in_the_past']],
    [{ on: '2027-11-03' }, ['/on too_far']],
    [{ until: '09:00' }, ['/until before_start']],
    [{ until: '09:25' }, ['/until too_short']],
    [{ on: '2026-11-02', from: '09:00', until: '10:30' }, ['/until too_short']],
  ])('given %o, then it says %o', (more, problems) => {
    const found = problemsOfOffer(offer(more), 30, PARIS, NOW).map(({ field, code }) => `${field} ${code}`);
    expect(found).toEqual(problems);
  });

  it('given some are there, then only what lies over none of them is new', () => {
    const there = [stretch('09:00', '09:30')];
    const [before, over, after] = [stretch('08:30', '09:00'), stretch('09:25', '09:55'), stretch('09:30', '10:00')];
    expect(newTimes([before, over, after, there[0]!], there)).toEqual([before, after]);
    expect(overlaps(over, there[0]!)).toBe(true);
  });
});

it('given hours before the start, then a time can be moved until that moment', () => {
  const time = stretch('09:00', '09:30');
  expect(moveUntil(time, 15).toISOString()).toBe('2026-11-22T18:00:00.000Z');
  expect(mayMove(time, 15, new Date('2026-11-22T17:59:59.999Z'))).toBe(true);
  expect(mayMove(time, 15, new Date('2026-11-22T18:00:00.000Z'))).toBe(false);
  expect(mayMove(time, 0, time.startsAt)).toBe(false);
});

it.each([
  ['Room Écrins', ' room  ÉCRINS ', true],
  ['Room Écrins', 'Room Garonne', false],
])('given the places %s and %s, then that they are one is %s', (one, other, same) => {
  expect(isSamePlace(one, other)).toBe(same);
});
