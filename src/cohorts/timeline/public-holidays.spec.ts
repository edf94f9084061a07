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
