import 'temporal-polyfill/global';
import { byDay, dayOf, isExplained } from './slot-days';

const slot = (coachId: string, startsAt: string) => ({ coachId, startsAt, endsAt: startsAt });
const first = () => Temporal.PlainDate.from('2026-10-13');

describe('slots by day', () => {
  it('given slots, then each lies on the day of the one who looks, and empty days are there', () => {
    const slots = [
      slot('a', '2026-10-13T21:30:00Z'),
      slot('b', '2026-10-13T22:30:00Z'),
      slot('a', '2026-10-14T08:00:00Z'),
    ];
    const days = byDay({ slots }, 'Europe/Paris', first(), 3);
    expect(days.map(({ date, free, coaches }) => [date, free, coaches.map((one) => one.coachId)])).toEqual([
      ['2026-10-13', 1, ['a']],
      ['2026-10-14', 2, ['b', 'a']],
      ['2026-10-15', 0, []],
    ]);
  });

  it('given hidden slots, then they stand with their coach and are counted apart', () => {
    const hidden = [{ ...slot('a', '2026-10-13T08:00:00Z'), reason: 'busy' as const }];
    const [day] = byDay({ slots: [slot('a', '2026-10-13T09:00:00Z')], hidden }, 'UTC', first(), 1);
    expect(day).toMatchObject({ free: 1, hidden: 1, coaches: [{ coachId: 'a', hidden }] });
  });

  it.each([
    ['morning', ['09:00']],
    ['afternoon', ['12:00', '15:00']],
    ['any', ['09:00', '12:00', '15:00']],
  ] as const)('given the %s, then only its slots', (part, times) => {
    const slots = ['09:00', '12:00', '15:00'].map((time) => slot('a', `2026-10-13T${time}:00Z`));
    const [day] = byDay({ slots }, 'UTC', first(), 1, part);
    expect(day?.coaches.flatMap((one) => one.slots.map((each) => each.startsAt.slice(11, 16)))).toEqual(times);
  });

  it.each([
    ['all are', '2026-10-20', 0, null, true],
    ['one before the end', '2026-10-14', 0, '2026-10-15', true],
    ['the last one', '2026-10-15', 3, '2026-10-15', true],
    ['one after it', '2026-10-16', 0, '2026-10-15', false],
  ])('given explained times: %s', (_name, date, hidden, until, is) => {
    expect(isExplained({ date, hidden }, until)).toBe(is);
  });

  it('given an instant, then its day where one is', () => {
    expect(dayOf('2026-10-13T22:30:00Z', 'Europe/Paris')).toBe('2026-10-14');
  });
});
