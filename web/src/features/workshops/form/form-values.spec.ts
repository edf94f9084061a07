import 'temporal-polyfill/global';
import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { bodyOf, emptyValues, instantsOf, valuesOf } from './form-values';

const at = (date: string, startsAt: string, endsAt: string, timeZone = 'Europe/Paris') =>
  instantsOf({ date, startsAt, endsAt, timeZone });

describe('times of the form', () => {
  it.each([
    ['summer', at('2026-10-14', '10:00', '12:30'), '2026-10-14T08:00:00.000Z', '2026-10-14T10:30:00.000Z'],
    ['winter', at('2026-11-14', '10:00', '12:30'), '2026-11-14T09:00:00.000Z', '2026-11-14T11:30:00.000Z'],
    [
      'an hour that spring skips',
      at('2027-03-28', '02:30', '04:00'),
      '2027-03-28T01:30:00.000Z',
      '2027-03-28T02:00:00.000Z',
    ],
    ['past midnight', at('2026-10-14', '22:00', '01:00'), '2026-10-14T20:00:00.000Z', '2026-10-14T23:00:00.000Z'],
    [
      'overseas',
      at('2026-10-14', '10:00', '11:00', 'America/Cayenne'),
      '2026-10-14T13:00:00.000Z',
      '2026-10-14T14:00:00.000Z',
    ],
  ])('given %s, then they are the right instants', (_name, { startsAt, endsAt }, start, end) => {
    expect([startsAt, endsAt]).toEqual([start, end]);
  });

  it('given no day or hour, then nothing is made up', () => {
    expect(at('', '10:00', '11:00')).toEqual({ startsAt: '', endsAt: '' });
    expect(at('2026-10-14', '', '11:00').startsAt).toBe('');
  });
});

it('given a workshop, then its form sends back what it was', () => {
  const workshop = {
    title: 'Plain words',
    kind: 'talk',
    level: 'beginner',
    tags: ['rgaa'],
    startsAt: '2026-10-14T20:00:00.000Z',
    endsAt: '2026-10-14T23:00:00.000Z',
    timeZone: 'Europe/Paris',
    place: null,
    link: 'https://meet.example/x',
    capacity: 12,
    onlineCapacity: null,
    reserved: 0,
    offerMinutes: 60,
    opensAt: '2026-10-01T07:00:00.000Z',
    closesAt: '2026-10-14T10:00:00.000Z',
    requires: { roles: ['fellow'], crafts: [] },
    hosts: ['h'],
    invitedHosts: [],
    description: 'Text',
    materials: [{ title: 'Slides', url: 'https://files.example' }],
  } as unknown as Workshop;
  expect(bodyOf(valuesOf(workshop))).toEqual(workshop);
});

it('given an empty form, then an empty line of materials is not sent', () => {
  const values = { ...emptyValues('Europe/Paris'), materials: [{ title: '', url: '' }] };
  expect(bodyOf(values)).toMatchObject({
    materials: [],
    place: null,
    link: null,
    onlineCapacity: null,
    level: null,
    capacity: 20,
  });
});
