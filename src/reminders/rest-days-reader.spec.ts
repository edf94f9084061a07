import type { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { RestDaysReader, afterRest } from './rest-days.js';

const cohort = (id: string, more: object = {}) => ({
  _id: id.padStart(24, '0'),
  timeZone: 'Europe/Paris',
  country: 'FR',
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
  return { reader: new RestDaysReader({ byIds } as unknown as CohortsRepository), asked };
};
const restOf = async (one: ReturnType<typeof cohort>) => (await readerOf(one).reader.of([one._id])).get(one._id)!;

describe('the days of rest of a cohort', () => {
  it('given its country, then its public holidays in each year of the residency, and no others', async () => {
    const { isFree, timeZone, key } = await restOf(cohort('1'));
    expect(timeZone).toBe('Europe/Paris');
    expect(['2026-11-11', '2026-12-25', '2027-01-01', '2027-05-01', '2027-07-14'].map(isFree)).toEqual(
      Array(5).fill(true),
    );
    expect(['2026-11-10', '2027-03-01', '2025-12-25', '2028-01-01'].map(isFree)).toEqual(Array(4).fill(false));
    expect(key).toBe('Europe/Paris');
  });

  it('given another country, then its own', async () => {
    const [french, canadian] = [await restOf(cohort('1')), await restOf(cohort('1', { country: 'CA' }))];
    expect([french, canadian].map(({ isFree }) => isFree('2027-07-01'))).toEqual([false, true]);
    expect((await restOf(cohort('1', { country: 'XX' }))).isFree('2026-12-25')).toBe(false);
  });

  it('given another zone, then another key, since all that waits for a morning waits for another one', async () => {
    const zones = ['Europe/Paris', 'America/Montreal'];
    const keys = await Promise.all(zones.map(async (timeZone) => (await restOf(cohort('1', { timeZone }))).key));
    expect(keys).toEqual(zones);
  });

  it('given pauses, then each from its first day to its last, and another key when they change', async () => {
    const pauses = [
      { from: '2026-12-21', to: '2027-01-03' },
      { from: '2027-02-15', to: '2027-02-15' },
    ];
    const { isFree, key } = await restOf(cohort('1', { pauses }));
    expect(['2026-12-21', '2026-12-28', '2027-01-03', '2027-02-15'].map(isFree)).toEqual(Array(4).fill(true));
    expect(['2026-12-20', '2027-01-04', '2027-02-14', '2027-02-16'].map(isFree)).toEqual(Array(4).fill(false));
    expect(key).toBe('Europe/Paris 2026-12-21/2027-01-03 2027-02-15/2027-02-15');
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
    expect(rest.get(one._id)!.isFree('2027-07-01')).toBe(false);
    expect(rest.get(two._id)!.isFree('2027-07-01')).toBe(true);
  });

  it('given rest without an end, then it is waited for 400 days and no longer', () => {
    const at = new Date('2026-11-11T13:00:00Z');
    const last = '2027-12-16';
    const freeBut = (day: string) => ({ timeZone: 'UTC', key: '', isFree: (one: string) => one !== day });
    expect(afterRest(at, freeBut(last)).toISOString()).toBe(`${last}T09:00:00.000Z`);
    expect(afterRest(at, freeBut('2027-12-17'))).toEqual(at);
  });
});
