import { NotificationKind } from '../contracts/notifications.js';
import { DEFAULT_PREFERENCES, afterQuietHours, canWait, channelsFor } from './preferences.js';

const NIGHT = { start: '20:00', end: '08:00' };

describe('quiet hours', () => {
  it.each([
    ['in the evening', '2026-10-13T19:30:00Z', NIGHT, 'Europe/Paris', '2026-10-14T06:00:00Z'],
    ['after midnight', '2026-10-13T23:30:00Z', NIGHT, 'Europe/Paris', '2026-10-14T06:00:00Z'],
    ['as they begin', '2026-10-13T18:00:00Z', NIGHT, 'Europe/Paris', '2026-10-14T06:00:00Z'],
    ['as they end', '2026-10-14T06:00:00Z', NIGHT, 'Europe/Paris', '2026-10-14T06:00:00Z'],
    ['by day', '2026-10-13T10:00:00Z', NIGHT, 'Europe/Paris', '2026-10-13T10:00:00Z'],
    ['in the zone of the person', '2026-10-13T10:00:00Z', NIGHT, 'America/Cayenne', '2026-10-13T11:00:00Z'],
    [
      'within one day',
      '2026-10-13T11:15:00Z',
      { start: '13:00', end: '14:00' },
      'Europe/Paris',
      '2026-10-13T12:00:00Z',
    ],
    [
      'equal ends are none',
      '2026-10-13T11:15:00Z',
      { start: '13:00', end: '13:00' },
      'Europe/Paris',
      '2026-10-13T11:15:00Z',
    ],
    ['none at all', '2026-10-13T23:30:00Z', null, 'Europe/Paris', '2026-10-13T23:30:00Z'],
    ['over the autumn night, one hour longer', '2026-10-24T20:00:00Z', NIGHT, 'Europe/Paris', '2026-10-25T07:00:00Z'],
    ['over the spring night, one hour shorter', '2027-03-27T20:00:00Z', NIGHT, 'Europe/Paris', '2027-03-28T06:00:00Z'],
    [
      'ending in the hour that spring skips',
      '2027-03-27T23:00:00Z',
      { start: '23:00', end: '02:30' },
      'Europe/Paris',
      '2027-03-28T01:30:00Z',
    ],
    [
      'ending in the hour that autumn repeats',
      '2026-10-24T22:00:00Z',
      { start: '23:00', end: '02:30' },
      'Europe/Paris',
      '2026-10-25T00:30:00Z',
    ],
    [
      'in that hour, the second time: they are over, and nothing goes back in time',
      '2026-10-25T01:10:00Z',
      { start: '23:00', end: '02:30' },
      'Europe/Paris',
      '2026-10-25T01:10:00Z',
    ],
  ])('%s', (_, instant, quiet, zone, expected) => {
    expect(afterQuietHours(new Date(instant), quiet, zone)).toEqual(new Date(expected));
  });
});

describe('channels', () => {
  const allOff = {
    ...DEFAULT_PREFERENCES,
    kinds: Object.fromEntries(
      Object.keys(DEFAULT_PREFERENCES.kinds).map((group) => [group, { inbox: false, mail: false }]),
    ) as typeof DEFAULT_PREFERENCES.kinds,
  };
  const always = [
    'account.security',
    'session.cancelled',
    'session.moved',
    'session.handed_over',
    'workshop.cancelled',
    'cohort.closed',
    'note.self',
    'message.unsent',
    'report.opened',
    'report.closed',
  ];

  it.each(NotificationKind.options)('given all switched off, then %s reaches nobody unless it must', (kind) => {
    expect(channelsFor(kind, allOff)).toEqual(always.includes(kind) ? ['inbox', 'mail'] : []);
  });

  it('given what must reach people, then it does not wait for the morning', () => {
    expect(always.slice(0, 4).map((kind) => canWait(kind as NotificationKind))).toEqual([false, false, false, false]);
    expect([canWait('topic.replied'), canWait('workshop.promoted')]).toEqual([true, false]);
  });
});
