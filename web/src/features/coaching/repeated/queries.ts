import { useQuery } from '@tanstack/react-query';
import type { MentoringSession } from '../../../../../src/contracts/mentoring/mentoring';
import type { SessionSeries } from '../../../../../src/contracts/mentoring/session-series';
import { api } from '../../../api/http';
import { coachingKeys } from '../queries';

/** Those that were booked at once and that I may see, in their order. Nothing is asked without an id. */
export function useSessionSeries(cohortId: string, id: string | undefined, enabled = true) {
  return useQuery({
    queryKey: [...coachingKeys.sessions(cohortId), 'series', id],
    queryFn: ({ signal }) => api.get<SessionSeries>(`/cohorts/${cohortId}/session-series/${id ?? ''}`, { signal }),
    enabled: enabled && id !== undefined,
  });
}

/** Those of its series that come after a session and that I may call off with it. */
export function useLaterOnes({ cohortId, series, startsAt }: MentoringSession, enabled: boolean): MentoringSession[] {
  const all = useSessionSeries(cohortId, series?.id, enabled);
  return (all.data?.items ?? []).filter(
    (one) => one.status === 'scheduled' && one.abilities.cancel && Date.parse(one.startsAt) > Date.parse(startsAt),
  );
}
