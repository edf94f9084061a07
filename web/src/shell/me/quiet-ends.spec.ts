import 'temporal-polyfill/global';
import { fieldOfInstant, instantOfField, quietEndOf } from './quiet-ends';

const now = Date.parse('2026-10-24T21:30:00.000Z'); // 23:30 in Paris, the night before winter time

describe('until when one is not to be disturbed', () => {
  it.each([
    ['30m', 'Europe/Paris', '2026-10-24T22:00:00.000Z'],
    ['1h', 'Europe/Paris', '2026-10-24T22:30:00.000Z'],
    ['tomorrow', 'Europe/Paris', '2026-10-25T07:00:00.000Z'],
    ['tomorrow', 'Asia/Tokyo', '2026-10-25T23:00:00.000Z'],
  ] as const)('%s in %s', (end, zone, instant) => {
    expect(quietEndOf(end, now, zone)).toBe(instant);
  });

  it('given a wall time of a field, then the instant in the zone; nonsense is none', () => {
    expect(instantOfField('2026-10-26T18:00', 'Europe/Paris')).toBe('2026-10-26T17:00:00.000Z');
    expect(instantOfField('', 'Europe/Paris')).toBeNull();
    expect(fieldOfInstant(now, 'Europe/Paris')).toBe('2026-10-24T23:30');
  });
});
