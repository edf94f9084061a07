import type { MyRegistration, Workshop } from '../../../../src/contracts/workshops';
import { expected, placesLeft, standing } from './registration';

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
    const joined = standing(before, going);
    expect(joined).toMatchObject({ going: 2, mine: going, abilities: { join: false, leave: true } });
    expect(standing(joined, null)).toEqual(before);
  });

  it('given I switch from the line to on line, then both counts follow', () => {
    const waiting = workshop({
      going: 2,
      waitlisted: 1,
      onlineCapacity: 3,
      mine: { status: 'waitlisted', mode: 'onsite' },
    });
    expect(standing(waiting, { status: 'going', mode: 'online' })).toMatchObject({
      going: 3,
      goingOnline: 1,
      waitlisted: 0,
      waitlistedOnline: 0,
    });
  });
});
