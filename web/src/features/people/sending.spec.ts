import { changesInMs } from './sending';

const now = Date.parse('2026-08-24T07:00:00Z');
const planned = (sendAt: string) => ({ state: 'pending', letter: 'planned', sendAt }) as const;

it.each([
  ['none is to go', [{ state: 'pending', letter: 'kept', sendAt: null } as const], false],
  ['one is under way', [{ state: 'pending', letter: 'under_way', sendAt: null } as const], 3_000],
  ['one goes in ten minutes', [planned('2026-08-24T07:10:00Z'), planned('2026-09-24T07:10:00Z')], 600_000],
  ['one goes in this second', [planned('2026-08-24T07:00:00.500Z')], 3_000],
  ['one goes in a month', [planned('2026-09-24T07:10:00Z')], 3_600_000],
  ['one would go, and was withdrawn', [{ ...planned('2026-08-24T07:10:00Z'), state: 'revoked' } as const], false],
])('given that %s, then the list is asked for again when it is another', (_, invitations, expected) => {
  expect(changesInMs(invitations, now)).toBe(expected);
});
