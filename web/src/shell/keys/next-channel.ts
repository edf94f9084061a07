import type { ChannelSummary } from '../../api/types';
import { inRail } from '../navigation/rail-order';

type Listed = Pick<ChannelSummary, 'id' | 'kind' | 'cohortId' | 'starred'>;

/** The channel above (-1) or below (1) the one on screen, as the rail lists them: favourites, those of the cohort, conversations; from elsewhere the first or last. Around the ends. */
export function nextChannel<Channel extends Listed>(
  channels: readonly Channel[],
  { cohortId, channelId, by }: { cohortId: string; channelId: string | undefined; by: 1 | -1 },
): Channel | undefined {
  const { favourites, ofCohort, direct } = inRail(channels, cohortId);
  const listed = [...favourites, ...ofCohort, ...direct];
  const at = listed.findIndex(({ id }) => id === channelId);
  if (at < 0) return by === 1 ? listed[0] : listed.at(-1);
  return listed[(at + by + listed.length) % listed.length];
}
