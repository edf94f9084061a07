import type { ContactFacts } from '../../mentoring/sessions/sessions.reader.js';
import { countContacts } from './coaching-load.js';

/** Tuesday 13 October 2026, in Paris. */
const NOW = new Date('2026-10-13T09:45:00Z');
const contact = (startsAt: string, more: Partial<ContactFacts> = {}): ContactFacts => ({
  coachIds: ['hanna'],
  participantIds: ['ines'],
  startsAt: new Date(startsAt),
  status: 'held',
  cancelledLate: false,
  changedAt: new Date(startsAt),
  ...more,
});
const count = (contacts: ContactFacts[]) => {
  const who = { fellows: ['ines', 'karim'], coaches: ['hanna', 'tomasz'] };
  return countContacts(contacts, who, { now: NOW, zone: 'Europe/Paris', weeks: 3 });
};

describe('contact by week', () => {
  it('given sessions, then those held stand in their week of the cohort’s zone, older ones only as the last', () => {
    const { fellows } = count([
      contact('2026-09-01T08:00:00Z'),
      contact('2026-09-28T08:00:00Z'),
      // Sunday evening in UTC is Monday in Paris.
      contact('2026-10-04T22:30:00Z'),
      contact('2026-10-12T08:00:00Z'),
      contact('2026-10-12T10:00:00Z', { status: 'no_show' }),
    ]);
    expect(fellows.get('ines')).toEqual({ sessions: [1, 1, 1], last: new Date('2026-10-12T08:00:00Z'), next: null });
    expect(fellows.get('karim')).toEqual({ sessions: [0, 0, 0], last: null, next: null });
  });

  it('given sessions to come, then the next is the soonest; cancelled ones are none', () => {
    const { fellows } = count([
      contact('2026-10-20T08:00:00Z', { status: 'scheduled' }),
      contact('2026-10-16T08:00:00Z', { status: 'scheduled' }),
      contact('2026-10-14T08:00:00Z', { status: 'cancelled' }),
    ]);
    expect(fellows.get('ines')?.next).toEqual(new Date('2026-10-16T08:00:00Z'));
  });
});

describe('load by coach', () => {
  it('given sessions with one or two coaches, then each has theirs, and what became of them', () => {
    const { coaches } = count([
      contact('2026-10-12T08:00:00Z'),
      contact('2026-10-15T08:00:00Z', { status: 'scheduled', coachIds: ['hanna', 'tomasz'] }),
      contact('2026-10-19T08:00:00Z', { status: 'scheduled' }),
      contact('2026-10-26T08:00:00Z', { status: 'scheduled' }),
      contact('2026-10-06T08:00:00Z', { status: 'cancelled', cancelledLate: true }),
      contact('2026-10-07T08:00:00Z', { status: 'no_show' }),
      contact('2026-08-07T08:00:00Z', { status: 'no_show' }),
    ]);
    expect(coaches.get('hanna')).toEqual({ thisWeek: 2, nextWeek: 1, held: 1, noShow: 1, cancelledLate: 1 });
    expect(coaches.get('tomasz')).toEqual({ thisWeek: 1, nextWeek: 0, held: 0, noShow: 0, cancelledLate: 0 });
  });
});
