import 'temporal-polyfill/global';
import { allDays } from './days';

const day = (on: string) => ({ on, seen: 1, begun: 2, submitted: 3 });

describe('allDays', () => {
  it('shows days on which nothing happened, across a change of the clock', () => {
    const days = allDays([day('2026-10-24'), day('2026-10-26')], [{ on: '2026-10-27', kind: 'closed' }]);
    expect(days.map(({ on, begun, letters }) => [on, begun, letters])).toEqual([
      ['2026-10-24', 2, []],
      ['2026-10-25', 0, []],
      ['2026-10-26', 2, []],
      ['2026-10-27', 0, ['closed']],
    ]);
  });

  it('leaves them out of a long time, and is empty of none', () => {
    expect(allDays([day('2026-01-01'), day('2026-12-31')], []).map(({ on }) => on)).toEqual([
      '2026-01-01',
      '2026-12-31',
    ]);
    expect(allDays([], [])).toEqual([]);
  });
});
