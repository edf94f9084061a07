import { nextChannel } from './next-channel';

const channel = (id: string, kind: 'open' | 'direct', cohortId: string | null, starred = false) =>
  ({ id, kind, cohortId, starred }) as const;
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

it('given favourites, then they come first, and none of another cohort', () => {
  const channels = [...CHANNELS, channel('d3', 'direct', null, true), channel('y', 'open', 'c2', true)];
  const after = (channelId: string) => nextChannel(channels, { cohortId: 'c1', channelId, by: 1 })?.id;
  expect(['d3', 'd2', 'b'].map(after)).toEqual(['a', 'd3', 'd1']);
});

it('given no channel, then none', () => {
  expect([nextChannel<(typeof CHANNELS)[number]>([], { cohortId: 'c1', channelId: 'a', by: 1 })]).toEqual([undefined]);
});
