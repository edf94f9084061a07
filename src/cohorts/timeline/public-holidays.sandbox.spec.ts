import { jest } from '@jest/globals';
import Holidays from 'date-holidays';
import { holidaysOf, knowsCountry } from './public-holidays.js';

it('given many questions at once and later, then the library works out once which countries it knows', async () => {
  const worked = jest.spyOn(Holidays.prototype, 'getCountries');
  const asked = ['FR', 'DE', 'XX', 'CA', 'FR'];
  expect(await Promise.all(asked.map(knowsCountry))).toEqual([true, true, false, true, true]);
  expect(await knowsCountry('constructor')).toBe(false);
  const christmas = await Promise.all(['FR', 'XX'].map(async (one) => (await holidaysOf(one, 'en'))('2026-12-25')));
  expect(christmas).toEqual(['Christmas Day', null]);
  expect(worked).toHaveBeenCalledTimes(1);
});

it('given more calendars and years than any installation needs, then few are kept, and what was forgotten is worked out again', async () => {
  const worked = jest.spyOn(Holidays.prototype, 'getHolidays');
  const named = async (locale: string, year = 2026) => (await holidaysOf('DE', locale))(`${year}-12-25`);
  expect([await named('en'), await named('en')]).toEqual(['Christmas Day', 'Christmas Day']);
  expect(worked).toHaveBeenCalledTimes(1);
  for (let other = 0; other < 100; other += 1) await holidaysOf('DE', `l${other}`);
  expect([await named('en'), worked.mock.calls.length]).toEqual(['Christmas Day', 2]);
  for (let year = 2000; year < 2020; year += 1) await named('en', year);
  expect([await named('en'), worked.mock.calls.length]).toEqual(['Christmas Day', 23]);
});
