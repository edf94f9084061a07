import { typedTime } from './typed-time';

describe('a time as one types it', () => {
  it.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['9h30', '09:30'],
    ['14 h', '14:00'],
    ['14:32', '14:30'],
    ['0000', '00:00'],
    ['24:00', null],
    ['9:75', null],
    ['soon', null],
    ['', null],
  ])('given %j typed, then %j', (text, time) => {
    expect(typedTime(text)).toBe(time);
  });
});
