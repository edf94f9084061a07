import type { MyRegistration, Workshop } from '../../../../../src/contracts/workshops/workshops';
import { expected, onceLeft, placesLeft, standing, tooFew } from './registration';

const [BEFORE, AFTER] = [Date.parse('2026-10-15T07:00:00Z'), Date.parse('2026-10-15T09:00:00Z')];
const workshop = (more: Partial<Workshop> = {}) =>
  ({
    capacity: 2,
    onlineCapacity: null,
    reserved: 0,
    going: 1,
    goingOnline: 0,
    waitlisted: 0,
    waitlistedOnline: 0,
    offered: 0,
    offeredOnline: 0,
    mine: null,
    startsAt: '2026-10-15T08:00:00.000Z',
    abilities: { join: true, joinAsTeam: false, leave: false, accept: false },
    ...more,
  }) as Workshop;

describe('what joining will most probably give', () => {
  it.each([
    ['a free place', {}, undefined, { status: 'going' }],
    ['no free place', { going: 2 }, undefined, { status: 'waitlisted', position: 1 }],
    ['a line', { going: 2, waitlisted: 4 }, undefined, { status: 'waitlisted', position: 5 }],
    ['a place that is held', { offered: 1 }, undefined, { status: 'waitlisted', position: 1 }],
    ['a place that hosts keep', { reserved: 1 }, undefined, { status: 'waitlisted', position: 1 }],
    ['a lowered capacity', { going: 5 }, undefined, { status: 'waitlisted', position: 1 }],
    ['a full room, on line', { going: 2, onlineCapacity: 3 }, 'online' as const, { status: 'going', mode: 'online' }],
    [
      'on line full',
      { going: 3, goingOnline: 3, onlineCapacity: 3, waitlisted: 2, waitlistedOnline: 1 },
      'online' as const,
      { status: 'waitlisted', position: 2, mode: 'online' },
    ],
  ])('given %s, then says so', (_name, more, mode, answer) => {
    expect(expected(workshop(more), mode)).toEqual(answer);
  });

  it('given more go than there are places, then none is left, not a negative number', () => {
    expect(placesLeft(workshop({ going: 7 }))).toBe(0);
  });
});

describe('the workshop once I stand so', () => {
  const going: MyRegistration = { status: 'going' };

  it('given I join and leave, then the counts are what they were', () => {
    const before = workshop();
    const joined = standing(before, going, BEFORE);
    expect(joined).toMatchObject({ going: 2, mine: going, abilities: { join: false, leave: true } });
    expect(onceLeft(joined, BEFORE)).toBeNull();
    expect(standing(joined, null, BEFORE)).toEqual(before);
  });

  it('given I switch from the line to on line, then both counts follow', () => {
    const waiting = workshop({
      going: 2,
      waitlisted: 1,
      onlineCapacity: 3,
      mine: { status: 'waitlisted', mode: 'onsite' },
    });
    expect(standing(waiting, { status: 'going', mode: 'online' }, BEFORE)).toMatchObject({
      going: 3,
      goingOnline: 1,
      waitlisted: 0,
      waitlistedOnline: 0,
    });
  });
});

describe('leaving once it runs', () => {
  const place = workshop({
    going: 2,
    mine: { status: 'going', mode: 'online' },
    abilities: standing(workshop(), { status: 'going' }, AFTER).abilities,
  });

  it('given I had a place, then I am excused at once, keep it in the counts, and can take that back, not join', () => {
    const mine = onceLeft(place, AFTER);
    expect(mine).toEqual({ status: 'excused', mode: 'online' });
    const left = standing(place, mine, AFTER);
    expect(left).toMatchObject({ going: 2, abilities: { join: false, leave: false } });
    expect(standing(left, { status: 'going', mode: 'online' }, AFTER)).toEqual(place);
  });

  it('given I waited, then I have left, and nobody joins what runs', () => {
    const waiting = workshop({ going: 2, waitlisted: 1, mine: { status: 'waitlisted' } });
    expect(onceLeft(waiting, AFTER)).toBeNull();
    expect(standing(waiting, null, AFTER)).toMatchObject({ waitlisted: 0, mine: null, abilities: { join: false } });
  });
});

describe('places for fewer than go', () => {
  const going = { going: 8, goingOnline: 3 };
  it.each([
    [{ capacity: 5, reserved: 0, onlineCapacity: 3 }, null],
    [
      { capacity: 4, reserved: 0, onlineCapacity: 3 },
      { going: 5, places: 4 },
    ],
    [
      { capacity: 5, reserved: 1, onlineCapacity: 3 },
      { going: 5, places: 4 },
    ],
    [
      { capacity: 5, reserved: 0, onlineCapacity: 2 },
      { going: 3, places: 2 },
    ],
    [{ capacity: 8, reserved: 0, onlineCapacity: null }, null],
    [
      { capacity: 7, reserved: 0, onlineCapacity: null },
      { going: 8, places: 7 },
    ],
  ])('given 5 on site and 3 on line, and %j, then %j', (places, found) => {
    expect(tooFew(going, places)).toEqual(found);
  });
});
