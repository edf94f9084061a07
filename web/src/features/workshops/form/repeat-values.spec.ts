import type { ClosedBy } from '../../../../../src/contracts/cohorts/closed-days';
import 'temporal-polyfill/global';
import { isOut, noRepeat, ordinalOf, repeatOf } from './repeat-values';

const values = { ...noRepeat(), unit: 'week' as const };

describe('how often a workshop comes again', () => {
  it.each([
    ['2026-10-13', 2],
    ['2026-10-01', 1],
    ['2026-10-28', 4],
    ['2026-10-29', -1],
  ])('given %s, then it is number %s of its weekday', (date, nth) => {
    expect(ordinalOf(date)).toBe(nth);
  });

  it('given a week, then its weekdays, or that of the first day', () => {
    expect(repeatOf(values, '2026-10-13')).toMatchObject({ weekdays: [2], ordinal: null, until: null, count: 6 });
    expect(repeatOf({ ...values, weekdays: [4, 2] }, '2026-10-13')?.weekdays).toEqual([2, 4]);
  });

  it('given a month, then which of its weekday, or the last', () => {
    const month = { ...values, unit: 'month' as const, end: 'until' as const, until: '2027-06-30' };
    expect(repeatOf(month, '2026-10-13')).toMatchObject({
      weekdays: [2],
      ordinal: 2,
      until: '2027-06-30',
      count: null,
    });
    expect(repeatOf({ ...month, which: 'last' }, '2026-10-13')?.ordinal).toBe(-1);
  });

  it.each([
    ['never', noRepeat(), '2026-10-13'],
    ['without a first day', values, ''],
    ['without an end', { ...values, end: 'until' as const }, '2026-10-13'],
    ['without a number', { ...values, count: '' }, '2026-10-13'],
  ])('given %s, then there is no rule yet', (_, one, date) => {
    expect(repeatOf(one, date)).toBeNull();
  });

  it('given a closed day, then it is out where those are, unless somebody put it back; another day the other way round', () => {
    const day = (date: string, closed: ClosedBy | null) => ({ date, closed, startsAt: '', endsAt: '', past: false });
    const holiday = day('2026-11-11', { kind: 'holiday', name: 'Armistice' });
    const other = day('2026-11-18', null);
    expect([isOut(values, holiday), isOut(values, other)]).toEqual([true, false]);
    const turned = { ...values, turned: ['2026-11-11', '2026-11-18'] };
    expect([isOut(turned, holiday), isOut(turned, other)]).toEqual([false, true]);
    expect(isOut({ ...values, skipClosed: false }, holiday)).toBe(false);
  });
});
