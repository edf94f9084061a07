import { nextChannel } from './next-channel';

const channel = (id: string, kind: 'open' | 'direct', cohortId: string | null) => ({ id, kind, cohortId }) as const;
const CHANNELS = [
  channel('d1', 'direct', null),
  channel('a', 'open', 'c1'),
  channel('z', 'open', 'c2'),
  channel('b', 'open', 'c1'),
  channel('d2', 'direct', null),
];

it.each([
  ['a', 1, 'b'],
  ['b', 1, 'd1'],
  ['d1', 1, 'd2'],
  ['d2', 1, 'a'],
  ['a', -1, 'd2'],
  ['b', -1, 'a'],
  [undefined, 1, 'a'],
  [undefined, -1, 'd2'],
  ['z', 1, 'a'],
] as const)('given %s on screen and %i, then %s', (channelId, by, id) => {
  expect(nextChannel(CHANNELS, { cohortId: 'c1', channelId, by })).toMatchObject({ id });
});

it('given no channel, then none', () => {
  expect([nextChannel<(typeof CHANNELS)[number]>([], { cohortId: 'c1', channelId: 'a', by: 1 })]).toEqual([undefined]);
});
