import type { ChannelSummary } from '../../api/types';

type Listed = Pick<ChannelSummary, 'kind' | 'cohortId' | 'starred'>;

/** Channels as the rail lists them beside a cohort, in three parts: favourites, those of the cohort, conversations of all cohorts. A favourite stands there alone. */
export function inRail<Channel extends Listed>(channels: readonly Channel[], cohortId: string) {
  const here = channels.filter((one) => one.kind === 'direct' || one.cohortId === cohortId);
  const others = here.filter(({ starred }) => !starred);
  return {
    favourites: here.filter(({ starred }) => starred),
    ofCohort: others.filter(({ kind }) => kind !== 'direct'),
    direct: others.filter(({ kind }) => kind === 'direct'),
  };
}
