import type { AgendaItem } from '../../../../src/contracts/calendar';
import 'temporal-polyfill/global';
import { byDay, dayOfItem, isMine, phaseOf, startOf } from './agenda';

const item = (over: Partial<AgendaItem>): AgendaItem => ({
  kind: 'workshop',
  id: 'w1',
  cohortId: 'c7',
  title: 'A title',
  titleKey: null,
  startsAt: '2026-10-13T12:00:00Z',
  endsAt: '2026-10-13T14:00:00Z',
  on: null,
  timeZone: 'Europe/Paris',
  status: 'published',
  mine: 'going',
  position: null,
  place: null,
  link: null,
  people: [],
  workshopKind: 'workshop',
  going: 1,
  capacity: 20,
  overlaps: [],
  revision: 1,
  abilities: { move: false },
  ...over,
});

describe('an agenda', () => {
  it('puts entries on the days of my zone, all-day ones first', () => {
    const late = item({ id: 'late', startsAt: '2026-10-13T22:30:00Z', endsAt: '2026-10-13T23:00:00Z' });
    const milestone = item({ id: 'm', kind: 'milestone', on: '2026-10-14', startsAt: '2026-10-13T22:00:00Z' });
    const days = byDay([item({}), late, milestone], 'Europe/Paris');
    expect([...days].map(([day, items]) => [day, items.map(({ id }) => id)])).toEqual([
      ['2026-10-13', ['w1']],
      ['2026-10-14', ['m', 'late']],
    ]);
    expect(dayOfItem(late, 'America/New_York')).toBe('2026-10-13');
    expect(dayOfItem(milestone, 'America/New_York')).toBe('2026-10-14');
  });

  it('shows what is cancelled only to those who were part of it', () => {
    const days = byDay([item({ status: 'cancelled' }), item({ id: 'x', status: 'cancelled', mine: 'none' })], 'UTC');
    expect([...days.values()].flat().map(({ id }) => id)).toEqual(['w1']);
  });

  it('knows what is past, on and coming, and what is mine', () => {
    const at = (instant: string) => phaseOf(item({}), Date.parse(instant));
    expect([at('2026-10-13T11:59:00Z'), at('2026-10-13T12:00:00Z'), at('2026-10-13T14:00:00Z')]).toEqual([
      'coming',
      'now',
      'past',
    ]);
    expect([isMine(item({ mine: 'none' })), isMine(item({ mine: 'none', kind: 'milestone' }))]).toEqual([false, true]);
  });

  it('begins a day of the spring night where its zone does', () => {
    expect(startOf(Temporal.PlainDate.from('2027-03-28'), 'Europe/Paris')).toBe('2027-03-27T23:00:00Z');
    expect(startOf(Temporal.PlainDate.from('2027-03-29'), 'Europe/Paris')).toBe('2027-03-28T22:00:00Z');
  });
});
