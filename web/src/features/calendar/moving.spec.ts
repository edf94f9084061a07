import 'temporal-polyfill/global';
import { isSameStart, movedTo, onGrid } from './moving';

const day = (text: string) => Temporal.PlainDate.from(text);
const item = { startsAt: '2026-10-23T07:00:00Z', endsAt: '2026-10-23T08:30:00Z' };

describe('an entry that is moved', () => {
  it.each([
    ['to another day keeps its time on the wall, over the autumn night', '2026-10-26', null, '2026-10-26T08:00:00Z'],
    ['to another time of a day', '2026-10-22', 14 * 60 + 15, '2026-10-22T12:15:00Z'],
    ['into the hour that the spring night skips is an hour later', '2027-03-28', 150, '2027-03-28T01:30:00Z'],
    ['into the hour that the autumn night repeats is in the first', '2026-10-25', 150, '2026-10-25T00:30:00Z'],
  ])('%s', (_what, date, minutes, startsAt) => {
    const moved = movedTo(item, day(date), minutes, 'Europe/Paris');
    expect(moved.startsAt).toBe(startsAt);
    expect(Date.parse(moved.endsAt) - Date.parse(moved.startsAt)).toBe(90 * 60_000);
  });

  it('rests on quarters of an hour, within the day', () => {
    expect([onGrid(7), onGrid(8), onGrid(-20), onGrid(1500)]).toEqual([0, 15, 0, 1425]);
  });

  it('knows where it was, however the instant is written', () => {
    expect(isSameStart(item, { ...item, startsAt: '2026-10-23T07:00:00.000Z' })).toBe(true);
  });
});
