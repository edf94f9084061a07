import { useQuery } from '@tanstack/react-query';
import type { CoachingLoad } from '../../../../../src/contracts/mentoring/coaching-load';
import type { SessionRatings } from '../../../../../src/contracts/mentoring/session-ratings';
import { api } from '../../../api/http';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { CoachLoads } from './CoachLoads';
import { ContactTable } from './ContactTable';
import { coachingKeys } from '../queries';
import { RequestAges } from './RequestAges';
import { RatingSums } from '../sessions/RatingSums';

/** For staff: who gets how much coaching, who gives it, and how it was. */
export default function LoadBoard({ cohortId }: { cohortId: string }) {
  const load = useQuery({
    queryKey: [...coachingKeys.all(cohortId), 'load'],
    queryFn: ({ signal }) => api.get<CoachingLoad>(`/cohorts/${cohortId}/coaching-load`, { signal }),
  });
  const ratings = useQuery({
    queryKey: [...coachingKeys.all(cohortId), 'ratings'],
    queryFn: ({ signal }) => api.get<SessionRatings>(`/cohorts/${cohortId}/session-ratings`, { signal }),
  });
  return (
    <>
      <QueryBoundary query={load} ns="coaching">
        {(data) => (
          <>
            <CoachLoads cohortId={cohortId} coaches={data.coaches} />
            <ContactTable cohortId={cohortId} load={data} />
          </>
        )}
      </QueryBoundary>
      <RequestAges cohortId={cohortId} />
      <QueryBoundary query={ratings} ns="coaching">
        {(data) => <RatingSums ratings={data} />}
      </QueryBoundary>
    </>
  );
}
