import 'temporal-polyfill/global';
import { daysSince, silenceOf, silenceTone } from './session-words';

describe('how long a fellow is without a session', () => {
  it('given there never was one, then they were not met, not even on the day they came', () => {
    expect(silenceOf({ lastSessionAt: null, days: 0 })).toEqual({ key: 'never', days: 0 });
    expect(silenceOf({ lastSessionAt: null, days: -3 })).toEqual({ key: 'never', days: 0 });
    expect(silenceOf({ lastSessionAt: '2026-10-13T08:00:00Z', days: 0 })).toEqual({ key: 'days', days: 0 });
  });

  it('given whoever joined today, then nobody is alarmed; after three weeks they wait, and after four too long', () => {
    expect([0, 20, 21, 27, 28].map((days) => silenceTone({ days }))).toEqual([null, null, 'wait', 'wait', 'alert']);
    expect(silenceTone({ days: -3 })).toBeNull();
  });

  it('given one last night, then that was yesterday, in the zone of who reads', () => {
    const now = Date.parse('2026-10-13T07:00:00Z');
    expect(daysSince('2026-10-12T16:00:00Z', 'Europe/Paris', now)).toBe(1);
    expect(daysSince('2026-10-12T22:30:00Z', 'Europe/Paris', now)).toBe(0);
    expect(daysSince('2026-10-13T09:00:00Z', 'Europe/Paris', now)).toBe(0);
  });
});
