import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  FeedbackSummary,
  Registration,
  Workshop,
  WorkshopList,
} from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { useApplyEvents, useOnMissed } from '../../api/socket';
import type { Page } from '../../api/types';
import { liveWorkshops, workshopKeys } from './cache';

/** What is to come is shown by weeks and filtered here, so it comes whole; what was comes page by page. */
const LIMITS = { upcoming: 200, past: 30, drafts: 30 };
const ASKED = { upcoming: { when: 'upcoming' }, past: { when: 'past' }, drafts: { drafts: 'only' } };
const HALF_AN_HOUR = 1_800_000;

/** `drafts`: those to come that I look after, with what others propose, which stands in no other list. */
export function useWorkshopList(cohortId: string, which: 'upcoming' | 'past' | 'drafts', enabled = true) {
  return useInfiniteQuery({
    queryKey: workshopKeys.list(cohortId, which),
    queryFn: ({ pageParam, signal }) =>
      api.get<WorkshopList>(`/cohorts/${cohortId}/workshops`, {
        query: { ...ASKED[which], cursor: pageParam, limit: LIMITS[which] },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled,
  });
}

/** Around its hours what I may do changes with the clock: it is asked for each minute. */
export const isNear = ({ startsAt, endsAt }: Workshop) =>
  Date.now() > Date.parse(startsAt) - HALF_AN_HOUR && Date.now() < Date.parse(endsAt) + 3 * HALF_AN_HOUR;

export function useWorkshop(cohortId: string, id: string) {
  return useQuery<Workshop>({
    refetchInterval: ({ state: { data } }) => (data && isNear(data) ? 60_000 : false),
    queryKey: workshopKeys.one(cohortId, id),
    queryFn: ({ signal }) => api.get<Workshop>(`/cohorts/${cohortId}/workshops/${id}`, { signal }),
  });
}

/** Who comes, in order of asking; who waits too, for those who may see it. The first 200. */
export function useWhoComes(workshop: Pick<Workshop, 'id' | 'cohortId'>) {
  return useQuery({
    queryKey: workshopKeys.people(workshop.cohortId, workshop.id),
    queryFn: ({ signal }) =>
      api.get<Page<Registration>>(`/cohorts/${workshop.cohortId}/workshops/${workshop.id}/registrations`, {
        query: { limit: 200 },
        signal,
      }),
  });
}

export const pathOfFeedback = ({ cohortId, id }: Pick<Workshop, 'id' | 'cohortId'>) =>
  `/cohorts/${cohortId}/workshops/${id}/feedback`;

/** What was said of it, for its hosts and staff. */
export function useFeedback(workshop: Pick<Workshop, 'id' | 'cohortId'>) {
  return useQuery({
    queryKey: workshopKeys.feedback(workshop.cohortId, workshop.id),
    queryFn: ({ signal }) => api.get<FeedbackSummary>(pathOfFeedback(workshop), { signal }),
  });
}

/** Keeps what is shown of a cohort's workshops as it is: live, and after the line was down. */
export function useLiveWorkshops(cohortId: string): void {
  const client = useQueryClient();
  useApplyEvents(liveWorkshops);
  useOnMissed(() => void client.invalidateQueries({ queryKey: workshopKeys.all(cohortId) }));
}
