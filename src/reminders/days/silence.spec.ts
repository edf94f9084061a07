import type { SessionStatus } from '../../contracts/mentoring/mentoring.js';
import { silenceOf } from './silence.js';

const on = (day: string) => new Date(`2026-${day}T12:00:00Z`);
const session = (startsOn: string, status: SessionStatus, changedOn = startsOn) => ({
  ...{ status, startsAt: on(startsOn), changedAt: on(changedOn) },
});
const FROM = on('09-01');
const of = (today: string, ...sessions: ReturnType<typeof session>[]) => silenceOf(sessions, FROM, on(today));

describe('how long a fellow has had no session', () => {
  it('given none at all, then since they came, with none to come and none lost', () => {
    expect(of('10-01')).toEqual({ since: FROM, isBooked: false, lastLostAt: null });
  });

  it('given several were held, then since the last of them, in whatever order they are read', () => {
    const held = [session('09-20', 'held'), session('09-24', 'held', '10-02'), session('09-10', 'held')];
    expect(of('10-03', ...held)).toEqual({ since: on('09-24'), isBooked: false, lastLostAt: null });
  });

  it.each<[string, ReturnType<typeof session>, string | null]>([
    ['cancelled before its day', session('10-20', 'cancelled', '10-05'), '10-05'],
    ['missed', session('10-05', 'no_show', '10-07'), '10-07'],
    ['not spoken of for a week', session('10-01', 'scheduled', '09-02'), '10-08'],
    ['still to come', session('10-20', 'scheduled', '09-02'), null],
    ['not spoken of for six days', session('10-04', 'scheduled', '09-02'), null],
  ])('given one that is %s, then it was lost when that was clear, and one to come is none', (_, one, lost) => {
    expect(of('10-10', one, session('09-02', 'cancelled', '09-01'), session('09-03', 'held'))).toEqual({
      ...{ since: on('09-03'), isBooked: lost === null },
      lastLostAt: lost === null ? on('09-01') : on(lost),
    });
  });
});
