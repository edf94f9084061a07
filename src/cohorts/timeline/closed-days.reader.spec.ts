import type { CohortsRepository } from '../cohorts.repository.js';
import { closedDaysBetween } from './closed-days.js';
import { ClosedDaysReader } from './closed-days.reader.js';

const cohort = (id: string, more: object = {}) => ({
  _id: id.padStart(24, '0'),
  timeZone: 'Europe/Paris',
  country: 'FR',
  locale: 'fr',
  startsOn: '2026-09-01',
  endsOn: '2027-06-30',
  ...more,
});
const readerOf = (...cohorts: ReturnType<typeof cohort>[]) => {
  const asked: string[][] = [];
  const byIds = (ids: readonly unknown[]) => {
    asked.push(ids.map(String));
    return Promise.resolve(cohorts.filter(({ _id }) => ids.map(String).includes(_id)));
  };
  return { reader: new ClosedDaysReader({ byIds } as unknown as CohortsRepository), asked };
};
const restOf = async (one: ReturnType<typeof cohort>) => {
  const days = (await readerOf(one).reader.of([one._id])).get(one._id)!;
  return { ...days, isFree: (day: string) => days.on(day) !== null };
};

describe('the closed days of a cohort', () => {
  it('given its country, then its public holidays in each year, and no others', async () => {
    const { isFree, timeZone, key } = await restOf(cohort('1'));
    expect(timeZone).toBe('Europe/Paris');
    expect(['2026-11-11', '2026-12-25', '2027-01-01', '2027-05-01', '2027-07-14'].map(isFree)).toEqual(
      Array(5).fill(true),
    );
    expect(['2026-11-10', '2027-03-01', '2025-12-26', '2028-01-02'].map(isFree)).toEqual(Array(4).fill(false));
    // Beyond the residency, too: a copy or a series may go on.
    expect(['2025-12-25', '2028-01-01'].map(isFree)).toEqual([true, true]);
    expect(key).toBe('Europe/Paris FR');
  });

  it('given another country, then its own', async () => {
    const [french, canadian] = [await restOf(cohort('1')), await restOf(cohort('1', { country: 'CA' }))];
    expect([french, canadian].map(({ isFree }) => isFree('2027-07-01'))).toEqual([false, true]);
    expect((await restOf(cohort('1', { country: 'XX' }))).isFree('2026-12-25')).toBe(false);
  });

  it('given another zone, then another key, since all that waits for a morning waits for another one', async () => {
    const zones = ['Europe/Paris', 'America/Montreal'];
    const keys = await Promise.all(zones.map(async (timeZone) => (await restOf(cohort('1', { timeZone }))).key));
    expect(keys).toEqual(zones.map((zone) => `${zone} FR`));
  });

  it('given pauses, then each from its first day to its last, and another key when they change', async () => {
    const pauses = [
      { from: '2026-12-21', to: '2027-01-03' },
      { from: '2027-02-15', to: '2027-02-15' },
    ];
    const { isFree, key } = await restOf(cohort('1', { pauses }));
    expect(['2026-12-21', '2026-12-28', '2027-01-03', '2027-02-15'].map(isFree)).toEqual(Array(4).fill(true));
    expect(['2026-12-20', '2027-01-04', '2027-02-14', '2027-02-16'].map(isFree)).toEqual(Array(4).fill(false));
    expect(key).toBe('Europe/Paris FR 2026-12-21/2027-01-03 2027-02-15/2027-02-15');
  });

  it('given several cohorts, one of them twice, then each by its id from one question', async () => {
    const [one, two] = [cohort('1'), cohort('2', { country: 'CA', timeZone: 'America/Montreal' })];
    const { reader, asked } = readerOf(one, two);
    const rest = await reader.of([one._id, two._id, one._id, '9'.repeat(24)]);
    expect([...rest].map(([id, { timeZone }]) => [id, timeZone])).toEqual([
      [one._id, 'Europe/Paris'],
      [two._id, 'America/Montreal'],
    ]);
    expect(asked).toEqual([[one._id, two._id, '9'.repeat(24)]]);
    expect(rest.get(one._id)!.on('2027-07-01')).toBeNull();
    expect(rest.get(two._id)!.on('2027-07-01')).toMatchObject({ kind: 'holiday' });
  });

  it('given a span, then each closed day with what closes it, a pause before a holiday, and the working day after', async () => {
    const { on } = await restOf(cohort('1', { pauses: [{ from: '2026-12-24', to: '2026-12-27', name: 'Winter' }] }));
    expect(closedDaysBetween('2026-12-20', '2027-01-01', on)).toEqual([
      ...['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-27'].map((day) => ({
        ...{ on: day, kind: 'pause', name: 'Winter', next: '2026-12-28' },
      })),
      { on: '2027-01-01', kind: 'holiday', name: 'Nouvel An', next: '2027-01-04' },
    ]);
  });

  it('given a pause without an end, then there is no working day after it', async () => {
    const { on } = await restOf(cohort('1', { pauses: [{ from: '2026-12-24', to: '2099-12-31', name: 'Winter' }] }));
    expect(closedDaysBetween('2026-12-24', '2026-12-24', on)[0]?.next).toBeNull();
  });
});
