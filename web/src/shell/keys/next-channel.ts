import type { ChannelSummary } from '../../api/types';

type Listed = Pick<ChannelSummary, 'id' | 'kind' | 'cohortId'>;

/** The channel above (-1) or below (1) the one on screen, as the rail lists them: those of the cohort, then conversations; from elsewhere the first or last. Around the ends. */
export function nextChannel<Channel extends Listed>(
  channels: readonly Channel[],
  { cohortId, channelId, by }: { cohortId: string; channelId: string | undefined; by: 1 | -1 },
): Channel | undefined {
  const listed = [
    ...channels.filter((one) => one.kind !== 'direct' && one.cohortId === cohortId),
    ...channels.filter((one) => one.kind === 'direct'),
  ];
  const at = listed.findIndex(({ id }) => id === channelId);
  if (at < 0) return by === 1 ? listed[0] : listed.at(-1);
  return listed[(at + by + listed.length) % listed.length];
}
