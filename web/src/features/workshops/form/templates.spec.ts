import 'temporal-polyfill/global';
import type { WorkshopTemplate } from '../../../../../src/contracts/workshops/workshop-copies';
import { bodyOf } from './form-values';
import { valuesFrom } from './templates';

const template: WorkshopTemplate = {
  id: 't',
  name: 'Evening talk',
  title: 'A talk',
  description: 'Come.',
  kind: 'talk',
  level: 'advanced',
  tags: ['impact'],
  timeZone: 'Europe/Paris',
  startTime: '22:30',
  minutes: 120,
  opens: { days: -7, time: '18:00' },
  closes: { days: 0, time: '20:00' },
  place: null,
  link: 'https://meet.example/x',
  capacity: 30,
  onlineCapacity: null,
  reserved: 0,
  offerMinutes: 60,
  requires: null,
  hosts: ['h'],
  people: [],
  materials: [],
};

it('given a day, then the form holds the workshop of that day: its hours, its length over midnight, and when one may join', () => {
  const values = valuesFrom(template, '2026-10-28');
  expect(values).toMatchObject({ date: '2026-10-28', startsAt: '22:30', endsAt: '00:30', offerMinutes: '60' });
  // Joining opens in summer time and closes in winter time, each at its hour on the wall.
  expect(bodyOf(values)).toMatchObject({
    startsAt: '2026-10-28T21:30:00.000Z',
    endsAt: '2026-10-28T23:30:00.000Z',
    opensAt: '2026-10-21T16:00:00.000Z',
    closesAt: '2026-10-28T19:00:00.000Z',
    link: 'https://meet.example/x',
    level: 'advanced',
    requires: null,
  });
});

it('given no day yet, then joining has no times', () => {
  expect(valuesFrom(template, '')).toMatchObject({ date: '', opensAt: '', closesAt: '' });
});
